import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { healthyFrame, withRow } from '../fixtures';
import { ringNumbers } from './ring-marks';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });

test('arcs: one for each run of slots, named by its first slot', () => {
  const { arcs } = stageGeometry(six, null, box);
  expect(arcs.map(({ owner, id }) => `${owner} ${id}`)).toEqual([
    '8901 0',
    '8902 5461',
    '8903 10923',
  ]);
  expect(arcs.map(({ range }) => range?.text)).toEqual(['0–5460', '5461–10922', '10923–16383']);
});

test('arcs: slots that nobody serves get an arc without an owner', () => {
  const frame = six.nodes.reduce<ClusterFrame>(
    (f, { name }) => withRow(f, { observer: name, subject: '8902' }, { slots: [[5461, 8000]] }),
    six,
  );
  const { arcs } = stageGeometry(frame, null, box);
  expect(arcs.map(({ owner }) => owner)).toEqual(['8901', '8902', null, '8903']);
});

test('arcs: a range in figures only where there is room for it', () => {
  const thirty = healthyFrame({ masters: 15, replicasPerMaster: 1 });
  expect(stageGeometry(thirty, null, box).arcs.every(({ range }) => range === null)).toBe(true);
});

test('numbers: dropped, never moved, near a disc', () => {
  const { size, places } = stageGeometry(six, null, box);
  const all = ringNumbers(size, []);
  const some = ringNumbers(size, [...places.values()]);
  expect(all).toHaveLength(8);
  expect(some.length).toBeLessThan(8);
  expect(all).toEqual(expect.arrayContaining(some));
});
