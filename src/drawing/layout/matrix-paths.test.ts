import { expect, test } from 'vitest';
import { healthyFrame, withNode, withRow } from '../fixtures';
import { matrixPaths } from './matrix-paths';
import { suspicions } from './suspicions';

const thirty = healthyFrame({ masters: 10, replicasPerMaster: 2 });
const count = (path: string) => path.split('M').length - 1;

test('plate: one mark a cell, grouped by shard; stopped rows say nothing', () => {
  let frame = withRow(thirty, { observer: '8901', subject: '8903' }, { flags: ['master', 'fail'] });
  frame = withNode(frame, '8902', (node) => ({ ...node, process: 'killed' }));
  frame = withNode(frame, '8905', (node) => ({ ...node, process: 'frozen' }));
  const rows = suspicions(frame);
  expect(rows.slice(0, 4).map(({ observer }) => observer)).toEqual([
    '8901',
    '8911',
    '8921',
    '8902',
  ]);
  const paths = matrixPaths(rows, 5);
  expect([paths.fail, paths.self, paths.ok].map(count)).toEqual([1, 28, 28 * 29 - 1]);
  expect([paths.killed, paths.frozen].map(count)).toEqual([1, 1]);
});
