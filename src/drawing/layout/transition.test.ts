import { expect, test } from 'vitest';
import { slotCount } from '../../protocol/slot-ranges';
import { healthyFrame, withRow } from '../fixtures';
import { EASE_SWAP } from './easing';
import { distancePx } from './polar';
import { stageGeometry } from './stage-geometry';
import { differs, geometryBetween, sharesAt } from './transition';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
const six = healthyFrame({ masters: 3, replicasPerMaster: 1 });
const before = stageGeometry(six, '8902', box);
/** 8902 has learnt that 8904 took over from 8901. */
const takenOver = withRow(
  withRow(
    six,
    { observer: '8902', subject: '8901' },
    { flags: ['replica'], master: '8904', slots: [] },
  ),
  { observer: '8902', subject: '8904' },
  { flags: ['master'], master: null, slots: [[0, 5460]] },
);
const after = stageGeometry(takenOver, '8902', box);
const at = (sinceMs: number) => geometryBetween(before, after, sharesAt(sinceMs, 'cluster', false));

test('swap: starts where things were, ends where they belong, after 640 ms', () => {
  expect(differs(before, after)).toBe(true);
  for (const name of ['8901', '8902', '8904', '8905']) {
    expect(distancePx(at(0).places.get(name)!, before.places.get(name)!)).toBeCloseTo(0);
    expect(distancePx(at(640).places.get(name)!, after.places.get(name)!)).toBeCloseTo(0);
  }
});

test('swap: the two discs pass each other on two sides, and nobody else stirs', () => {
  for (let sinceMs = 0; sinceMs <= 640; sinceMs += 20) {
    const { places } = at(sinceMs);
    const [a, b] = [places.get('8901')!, places.get('8904')!];
    expect(distancePx(a, b)).toBeGreaterThan(0.85 * (a.radius + b.radius));
    expect(places.get('8903')).toMatchObject({ x: before.places.get('8903')!.x });
  }
});

test('swap: the hue of the slots stays, and none is without an owner on the way', () => {
  for (const sinceMs of [0, 100, 240, 400]) {
    const { nodes, arcs } = at(sinceMs);
    expect(nodes.reduce((sum, { slots }) => sum + slotCount(slots), 0)).toBe(16_384);
    expect(arcs.every(({ owner }) => owner !== null)).toBe(true);
    expect(arcs.filter(({ id }) => Number(id) <= 5460).every(({ shard }) => shard === 0)).toBe(
      true,
    );
  }
});

test('swap: messages follow the discs they fly between', () => {
  const half = at(200);
  const chord = half.chordOf('8904', '8903')!;
  expect(distancePx(chord.from, half.places.get('8904')!)).toBeCloseTo(0);
  expect(distancePx(chord.from, after.places.get('8904')!)).toBeGreaterThan(5);
  // Between two that stand still the curve is the one they will keep.
  expect(half.chordOf('8902', '8903')).toBe(after.chordOf('8902', '8903'));
});

test('sweep: slots that change shard go over from the boundary', () => {
  const moved = withRow(
    withRow(six, { observer: '8902', subject: '8901' }, { slots: [[0, 4000]] }),
    { observer: '8902', subject: '8902' },
    { slots: [[4001, 10_922]] },
  );
  const next = stageGeometry(moved, '8902', box);
  const share = { swap: 0.5, slide: 0.5, sweep: 0.5, tear: 0.5 };
  const { nodes } = geometryBetween(before, next, share);
  const slots = (name: string) => nodes.find((node) => node.name === name)!.slots;
  expect(slots('8901')).toEqual([[0, 4730]]);
  expect(slots('8902')[0]![0]).toBe(4731);
});

test('tear: the halves drift apart, and the discs with their arcs', () => {
  const groups = [
    ['8901', '8902', '8904', '8905'],
    ['8903', '8906'],
  ];
  const torn = stageGeometry(six, '8902', { ...box, groups });
  const half = geometryBetween(before, torn, { swap: 0, slide: 0, sweep: 0, tear: 0.5 });
  const full = torn.shifts.get('8903')!;
  expect(half.shifts.get('8903')!.x).toBeCloseTo(full.x / 2);
  expect(half.tear).not.toBe('');
  expect(half.size.radius).toBeCloseTo((before.size.radius + torn.size.radius) / 2);
});

test('easing: the curve of CSS, slow at both ends', () => {
  expect([0, 1].map(EASE_SWAP)).toEqual([0, 1]);
  expect(EASE_SWAP(0.1)).toBeLessThan(0.1);
  expect(EASE_SWAP(0.5)).toBeGreaterThan(0.5);
});
