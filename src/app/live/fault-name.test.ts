import { expect, test } from 'vitest';
import { live } from '../../words/en/live';
import { faultName } from './fault-name';

const NODES = [8901, 8902, 8903, 8904].map((port, i) => ({ number: i + 1, port }));
const say = live.faults.name;
const both = (a: number, b: number): [number, number][] => [
  [a, b],
  [b, a],
];

test.each([
  ['8901 – 8902 cut', { mode: 'cut', ways: both(1, 2), ms: null }],
  ['8901 → 8902 cut', { mode: 'cut', ways: [[1, 2]], ms: null }],
  ['8903 – 8904 held', { mode: 'hold', ways: both(3, 4), ms: null }],
  ['8903 → 8904 slower by 500 ms', { mode: 'delay', ways: [[3, 4]], ms: 500 }],
] as const)('%s', (name, { mode, ways, ms }) => {
  expect(faultName({ mode, ways: ways.map(([a, b]) => [a, b]), ms }, NODES, say)).toBe(name);
});

test('a partition is called by its sides, the smaller first', () => {
  const ways = [1, 2, 4].flatMap((other) => both(3, other));
  expect(faultName({ mode: 'cut', ways, ms: null }, NODES, say)).toBe(
    '8903 | 8901, 8902, 8904 parted',
  );
});
