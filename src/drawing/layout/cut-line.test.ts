import { describe, expect, test } from 'vitest';
import { isLine, linePaths, sidesOf } from './cut-line';
import type { NodePlace, NodePlaces } from './node-places';

const places = (at: Readonly<Record<string, readonly [number, number]>>): NodePlaces =>
  new Map(
    Object.entries(at).map(([name, [x, y]]) => [name, { name, x, y } as unknown as NodePlace]),
  );
const SQUARE = places({
  '8901': [-100, -100],
  '8902': [100, -100],
  '8903': [100, 100],
  '8904': [-100, 100],
  '8905': [-140, -140],
});

describe('a line across the ring', () => {
  test('upright through the middle: left and right', () => {
    const line = { from: { x: 0, y: -50 }, to: { x: 0, y: 50 } };
    expect(sidesOf(line, SQUARE)).toEqual({
      few: ['8902', '8903'],
      rest: ['8901', '8904', '8905'],
    });
  });

  test('a corner: however short the stroke, the whole line counts', () => {
    const line = { from: { x: 60, y: 110 }, to: { x: 110, y: 60 } };
    expect(sidesOf(line, SQUARE).few).toEqual(['8903']);
  });

  test('drawn the other way round, the same sides', () => {
    const line = { from: { x: 30, y: -80 }, to: { x: -20, y: 90 } };
    const back = { from: line.to, to: line.from };
    expect(sidesOf(back, SQUARE)).toEqual(sidesOf(line, SQUARE));
  });

  test('beside the ring: nobody is cut off', () => {
    const line = { from: { x: 200, y: -50 }, to: { x: 200, y: 50 } };
    expect(sidesOf(line, SQUARE).few).toEqual([]);
  });

  test('a tremor is no line', () => {
    expect(isLine({ from: { x: 0, y: 0 }, to: { x: 5, y: 5 } })).toBe(false);
    expect(isLine({ from: { x: 0, y: 0 }, to: { x: 0, y: 60 } })).toBe(true);
  });

  test('it goes on beyond the stage at both ends', () => {
    const { stroke, beyond } = linePaths({ from: { x: 0, y: 0 }, to: { x: 0, y: 100 } });
    expect(stroke).toBe('M0 0L0 100');
    expect(beyond).toBe('M0 -4000L0 0M0 100L0 4100');
  });
});
