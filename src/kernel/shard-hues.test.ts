import { expect, test } from 'vitest';
import { healthyFrame, withNode, withRow } from '../drawing/fixtures';
import type { ClusterFrame } from '../protocol/cluster-frame';
import { inShards } from './shard-hues';

/** Masters 8901 to 8903 with two replicas each: 8904 and 8907 began in the shard of 8901. */
const HEALTHY = healthyFrame({ masters: 3, replicasPerMaster: 2 });

function hues(frame: ClusterFrame): string {
  return inShards(frame.nodes, 3)
    .map(({ name, shard }) => `${name.slice(-2)}:${shard}`)
    .join(' ');
}

function follows(frame: ClusterFrame, name: string, master: string | null): ClusterFrame {
  const role = master === null ? 'master' : 'replica';
  return withNode(frame, name, (n) => ({ ...n, view: { ...n.view, role, master } }));
}

function promoted(frame: ClusterFrame, name: string, of: string): ClusterFrame {
  const { slots } = frame.nodes[0]!.view.rows.find((row) => row.name === of)!;
  return withRow(follows(frame, name, null), { observer: name, subject: name }, { slots });
}

test('a cluster as it was made: each shard its hue', () => {
  expect(hues(HEALTHY)).toBe('01:0 02:1 03:2 04:0 05:1 06:2 07:0 08:1 09:2');
});

test('a replica that moved has the hue of its new master', () => {
  expect(hues(follows(HEALTHY, '8907', '8902'))).toContain('07:1');
});

test('a replica that moved and was elected there keeps the hue of the slots', () => {
  const moved = promoted(follows(HEALTHY, '8907', '8902'), '8907', '8902');
  expect(hues(moved)).toContain('01:0');
  expect(hues(moved)).toContain('07:1');
  expect(hues(follows(moved, '8902', '8907'))).toContain('02:1');
});

test('two masters of one shard, as in a split, have one hue', () => {
  const split = promoted(HEALTHY, '8904', '8901');
  expect(hues(split)).toContain('01:0');
  expect(hues(split)).toContain('04:0');
});

test('three masters, two of them of one shard: as many hues as masters', () => {
  const slots = (frame: ClusterFrame, name: string, range: readonly [number, number]) =>
    withRow(follows(frame, name, null), { observer: name, subject: name }, { slots: [range] });
  const swapped = slots(slots(HEALTHY, '8904', [5461, 10_922]), '8902', [10_923, 16_383]);
  expect(hues(follows(swapped, '8903', '8904'))).toMatch(/^01:0 02:2 03:1 04:1/);
});
