import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { healthyFrame } from '../fixtures';
import { faultyLinks } from './link-pictures';
import { partitionGroups } from './partition';
import { distancePx } from './polar';
import { stageGeometry } from './stage-geometry';

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
  expect(geometry.tear.match(/M/g)).toHaveLength(2);
});

test('partition: links across the tear are not drawn, not even as cut', () => {
  const torn = cut(six, ['8901', '8904']);
  const geometry = stageGeometry(torn, null, { ...box, groups: partitionGroups(torn) });
  expect(faultyLinks(torn.faults, geometry)).toEqual([]);
});
