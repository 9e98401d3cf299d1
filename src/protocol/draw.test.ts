import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PURPOSE, draw, drawHex, drawInt } from './draw';

const key = fc.array(fc.integer(), { minLength: 1, maxLength: 5 });

test('draw: every number lies in [0, 1), whatever the seed and key', () => {
  fc.assert(
    fc.property(fc.integer(), key, (seed, parts) => {
      const value = draw(seed, ...parts);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
    }),
  );
});

test('draw: the same seed and key give the same number', () => {
  fc.assert(
    fc.property(fc.integer(), key, (seed, parts) => {
      expect(draw(seed, ...parts)).toBe(draw(seed, ...parts));
    }),
  );
});

test('draw: the numbers are these in every engine', () => {
  const values = [draw(1, 1), draw(1, 2), draw(2, 1)].map((value) => value.toFixed(6));
  expect(values).toEqual(['0.880624', '0.602938', '0.210110']);
});

/** Pearson's chi-square against equal shares; 99.99 % of fair draws stay below the limit. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('draw: evenly spread', () => {
  const BINS = 20;
  const LIMIT = 52; // 19 degrees of freedom
  const streams: readonly (readonly [string, (i: number) => number])[] = [
    ['over consecutive seeds', (i) => draw(i, PURPOSE.electionJitter, 8904, 10_000)],
    ['over consecutive milliseconds', (i) => draw(1, PURPOSE.gossip, 8901, 8902, i, 0)],
    ['over consecutive ticks', (i) => draw(1, PURPOSE.pingCandidate, 8901, i * 100, 3)],
    ['over consecutive ports', (i) => draw(7, PURPOSE.cronPhase, 8901 + i)],
    ['over consecutive attempts', (i) => draw(7, PURPOSE.gossip, 8901, 8902, 5_000, i)],
  ];

  test.each(streams)('%s', (_, stream) => {
    const counts = Array.from({ length: BINS }, () => 0);
    for (let i = 0; i < 20_000; i++) counts[Math.floor(stream(i) * BINS)]!++;
    expect(chiSquare(counts)).toBeLessThan(LIMIT);
  });
});

test('draw: keys that differ in one part have nothing to do with each other', () => {
  let sum = 0;
  const draws = 5_000;
  for (let i = 0; i < draws; i++) {
    sum += (draw(1, PURPOSE.gossip, 8901, i) - 0.5) * (draw(1, PURPOSE.gossip, 8902, i) - 0.5);
  }
  expect(Math.abs((sum / draws) * 12)).toBeLessThan(0.06);
});

test('draw: no two purposes share a number', () => {
  const numbers = Object.values(PURPOSE);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('draw: integers stay below their bound, and reach both ends', () => {
  const seen = new Set(Array.from({ length: 2_000 }, (_, i) => drawInt(10, i, 1)));
  expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('draw: hexadecimal names are as long as asked for, and never the same twice', () => {
  const names = Array.from({ length: 500 }, (_, i) => drawHex(40, 1, PURPOSE.nodeId, 8901 + i));
  expect(names.every((name) => /^[0-9a-f]{40}$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(500);
});
