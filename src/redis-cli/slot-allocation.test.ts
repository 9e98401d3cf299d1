import { describe, expect, test } from 'vitest';
import { allocateSlots, tooFewNodes } from './slot-allocation';

/** Last slots of each master, as the real tool printed them. */
const UPPER_BOUNDS: readonly (readonly [masters: number, lasts: readonly number[]])[] = [
  [3, [5460, 10922, 16383]],
  [4, [4095, 8191, 12287, 16383]],
  [5, [3276, 6553, 9829, 13106, 16383]],
  [6, [2730, 5460, 8191, 10922, 13652, 16383]],
  [7, [2340, 4680, 7021, 9361, 11702, 14042, 16383]],
  [8, [2047, 4095, 6143, 8191, 10239, 12287, 14335, 16383]],
  [9, [1819, 3640, 5460, 7281, 9101, 10922, 12742, 14563, 16383]],
  [10, [1637, 3276, 4914, 6553, 8191, 9829, 11468, 13106, 14745, 16383]],
  [11, [1488, 2978, 4467, 5957, 7446, 8936, 10425, 11915, 13404, 14894, 16383]],
  [12, [1364, 2730, 4095, 5460, 6826, 8191, 9556, 10922, 12287, 13652, 15018, 16383]],
];

test.each(UPPER_BOUNDS)(
  'create: %i masters share the slots as redis-cli does',
  (masters, lasts) => {
    expect(allocateSlots(masters).map(([, last]) => last)).toEqual(lasts);
  },
);

test('create: whatever the number, ranges follow each other and cover everything', () => {
  for (let masters = 1; masters <= 1_000; masters++) {
    const ranges = allocateSlots(masters);
    let next = 0;
    for (const [first, last] of ranges) {
      if (first !== next || last < first) throw new Error(`${masters} masters: ${first}-${last}`);
      next = last + 1;
    }
    if (next !== 16_384) throw new Error(`${masters} masters end at ${next}`);
  }
});

test('create: sums are single precision: with 78 masters doubles would differ', () => {
  const inDoubles = Array.from({ length: 78 }, (_, i) =>
    i === 77 ? 16_383 : Math.floor((16_384 / 78) * (i + 1) - 1 + 0.5),
  );
  expect(allocateSlots(78).map(([, last]) => last)).not.toEqual(inDoubles);
});

describe('create: refused', () => {
  test.each([
    [5, 1, 6],
    [2, 0, 3],
    [8, 2, 9],
  ])('%i nodes with %i replicas each: at least %i are needed', (nodes, each, needed) => {
    const text = [
      '*** ERROR: Invalid configuration for cluster creation.',
      '*** Redis Cluster requires at least 3 master nodes.',
      `*** This is not possible with ${nodes} nodes and ${each} replicas per node.`,
      `*** At least ${needed} nodes are required.`,
    ].join('\n');
    expect(tooFewNodes(nodes, each)).toBe(text);
  });
});
