import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { healthyFrame } from '../fixtures';
import { faultyLinks } from './faulty-links';
import { partitionGroups } from './partition';
import { distancePx, polar, slotAngleRad, type Point } from './polar';
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

test('partition: a replica torn from its master covers nobody', () => {
  const crowd = healthyFrame({ masters: 10, replicasPerMaster: 2 });
  const side = ['8908', '8909', '8910', ...['8918', '8919', '8920', '8928', '8929', '8930']];
  const groups = partitionGroups(cut(crowd, side));
  const { places } = stageGeometry(crowd, null, { ...box, groups });
  const discs = [...places.values()];
  for (const [i, a] of discs.entries()) {
    for (const b of discs.slice(0, i)) {
      expect(distancePx(a, b), `${a.name} ${b.name}`).toBeGreaterThan(a.radius + b.radius + 1);
    }
  }
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

test('partition: whoever is cut off, the pill lies on no arc and on no disc', () => {
  const thirty = healthyFrame({ masters: 15, replicasPerMaster: 1 });
  const names = thirty.nodes.map(({ name }) => name);
  for (let first = 0; first < 15; first += 1) {
    for (const length of [1, 3, 6]) {
      const side = [0, 15].flatMap((from) =>
        Array.from({ length }, (_, i) => names[from + ((first + i) % 15)]!),
      );
      const torn = cut(thirty, side);
      const geometry = stageGeometry(torn, null, { ...box, groups: partitionGroups(torn) });
      const { x, y } = tearPill(torn.faults, geometry, box.width)!;
      const { size, shiftAt, places } = geometry;
      const isUnder = (at: Point, px: number) =>
        Math.abs(at.x - x) < 50 + px && Math.abs(at.y - y) < 10 + px;
      for (let slot = 0; slot < 16_384; slot += 64) {
        const [on, shift] = [polar(size.radius, slotAngleRad(slot)), shiftAt(slot)];
        const at = { x: on.x + (shift?.x ?? 0), y: on.y + (shift?.y ?? 0) };
        expect(isUnder(at, size.band / 2), `${side.join()} ${slot}`).toBe(false);
      }
      expect([...places.values()].some((disc) => isUnder(disc, disc.radius))).toBe(false);
    }
  }
});

test('partition: replicas alone on the other side have the pill beside them', () => {
  const torn = cut(six, ['8904', '8905']);
  const geometry = stageGeometry(torn, null, { ...box, groups: partitionGroups(torn) });
  const pill = tearPill(torn.faults, geometry, box.width)!;
  const lost = ['8904', '8905'].map((name) => distancePx(geometry.places.get(name)!, pill));
  expect(Math.min(...lost)).toBeLessThan(100);
});

test('partition: no pill while the cluster is whole', () => {
  const geometry = stageGeometry(six, null, { ...box, groups: partitionGroups(six) });
  expect(tearPill([], geometry, box.width)).toBeNull();
});
