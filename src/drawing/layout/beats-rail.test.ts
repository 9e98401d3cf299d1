import { expect, test } from 'vitest';
import { beatsRail } from './beats-rail';

const beats = [
  { step: 1, atMs: 4_000, kind: 'process' },
  { step: 2, atMs: 9_000, kind: 'pfail' },
  { step: 3, atMs: 9_100, kind: 'fail' },
  { step: 4, atMs: 20_000, kind: 'win' },
] as const;

test('rail: near beats are one dot of the graver colour; the last one passed is the large one', () => {
  const { dots, pxPerMs } = beatsRail(beats, {
    computedUntilMs: 21_000,
    atMs: 9_500,
    widthPx: 300,
  });
  expect(pxPerMs).toBeCloseTo(0.01);
  expect(dots.map(({ tone, isNow }) => [tone, isNow])).toEqual([
    ['ink', false],
    ['fail', true],
    ['ink', false],
  ]);
});
