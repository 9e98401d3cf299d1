import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { healthyFrame } from '../fixtures';
import { faultyLinks } from './link-pictures';
import { partitionGroups } from './partition';
import { distancePx } from './polar';
import { stageGeometry } from './stage-geometry';
import { tearPill } from './tear-pill';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });

function cut(frame: ClusterFrame, side: string[], oneWay = false): ClusterFrame {
  const others = frame.nodes.map(({ name }) => name).filter((name) => !side.includes(name));
  const pairs = side.flatMap((a) => others.map((b) => [a, b] as const));
  const faults = pairs.flatMap(([a, b]) => [
    { type: 'cut' as const, from: a, to: b, addMs: 0, sinceMs: 0 },
    ...(oneWay ? [] : [{ type: 'cut' as const, from: b, to: a, addMs: 0, sinceMs: 0 }]),
  ]);
  return { ...frame, faults };
}

test('partition: one whole until no link joins two groups', () => {
  expect(partitionGroups(six)).toHaveLength(1);
  expect(partitionGroups(cut(six, ['8901', '8904'], true))).toHaveLength(1);
  const missingOne = cut(six, ['8901', '8904']);
  expect(partitionGroups({ ...missingOne, faults: missingOne.faults.slice(1) })).toHaveLength(1);
});

test('partition: the larger group comes first and stays', () => {
  const torn = cut(six, ['8901', '8904']);
  const groups = partitionGroups(torn);
  expect(groups.map((group) => group.length)).toEqual([4, 2]);
  const geometry = stageGeometry(torn, null, { ...box, groups });
  const centre = { x: 0, y: 0 };
  const away = (name: string) => distancePx(geometry.places.get(name)!, centre);
  expect(away('8902')).toBeCloseTo(geometry.size.radius);
  expect(away('8901')).toBeCloseTo(geometry.size.radius + 30);
  expect(geometry.tear).toHaveLength(2);
});

test('partition: links across the tear are not drawn, not even as cut', () => {
  const torn = cut(six, ['8901', '8904']);
  const geometry = stageGeometry(torn, null, { ...box, groups: partitionGroups(torn) });
  expect(faultyLinks(torn.faults, geometry)).toEqual([]);
});

test('partition: the pill says since when, at the end of the tear that is farthest aside', () => {
  const torn = cut(six, ['8901', '8904']);
  const faults = torn.faults.map((fault, i) => ({ ...fault, sinceMs: 1_000 + i }));
  const geometry = stageGeometry(torn, null, { ...box, groups: partitionGroups(torn) });
  const pill = tearPill(faults, geometry, box.width)!;
  expect(pill.sinceMs).toBe(1_000 + faults.length - 1);
  const ends = geometry.tear.map(({ to }) => Math.abs(to.x));
  expect(Math.abs(pill.x)).toBeGreaterThan(Math.max(...ends));
  expect(geometry.size.centreX + pill.x + 56).toBeLessThanOrEqual(box.width - 8);
});

test('partition: the pill keeps clear of the notes in the corners', () => {
  const torn = cut(six, ['8901', '8904']);
  const geometry = stageGeometry(torn, null, { ...box, groups: partitionGroups(torn) });
  const { size } = geometry;
  const usual = tearPill(torn.faults, geometry, box.width)!;
  const [x, y] = [usual.x + size.centreX - 20, usual.y + size.centreY - 5];
  const note = { corner: 'top-right' as const, x, y, width: 100, height: 10 };
  const other = tearPill(torn.faults, geometry, box.width, [note])!;
  expect(Math.abs(other.y - usual.y)).toBeGreaterThan(20);
});

test('partition: no pill while the cluster is whole', () => {
  const geometry = stageGeometry(six, null, { ...box, groups: partitionGroups(six) });
  expect(tearPill([], geometry, box.width)).toBeNull();
});
