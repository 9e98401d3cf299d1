import { expect, test } from 'vitest';
import type { FrameRow } from '../../protocol/cluster-frame';
import { healthyFrame, withNode, withRow } from '../fixtures';
import { TableKeys } from './table-key';

const thirty = healthyFrame({ masters: 10, replicasPerMaster: 2 });
const changed = (change: Partial<FrameRow>) =>
  withRow(thirty, { observer: '8901', subject: '8903' }, change);

test.each<Partial<FrameRow>>([{ pongReceivedMs: 12_345 }, { pingSentMs: 1 }, { offsetBytes: 99 }])(
  'what every message changes is no news: %o',
  (change) => {
    const keys = new TableKeys();
    expect(keys.of(thirty)).toBe(keys.of({ ...changed(change), atMs: 5_000 }));
  },
);

test.each<Partial<FrameRow>>([
  { flags: ['master', 'pfail'] },
  { master: '8902' },
  { slots: [] },
  { failSinceMs: 5 },
])('news: %o', (change) => {
  const keys = new TableKeys();
  const before = keys.of(thirty);
  expect(keys.of(changed(change))).not.toBe(before);
});

test('a process that sleeps is news, and so is a node that is gone', () => {
  const keys = new TableKeys();
  const frozen = withNode(thirty, '8901', (node) => ({ ...node, process: 'frozen' }));
  const fewer = { ...frozen, nodes: frozen.nodes.slice(1) };
  expect(new Set([thirty, frozen, fewer].map((frame) => keys.of(frame))).size).toBe(3);
});
