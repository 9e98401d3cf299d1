import { expect, test } from 'vitest';
import { horizonOf, placeOn, ticksOf } from './guess-line';

test('the line begins with the question and ends well beyond the answer, in whole tens', () => {
  expect(horizonOf(12_340, 14_000)).toEqual({ fromMs: 12_000, untilMs: 32_000 });
  expect(horizonOf(12_340, 40_000)).toEqual({ fromMs: 12_000, untilMs: 62_000 });
});

test('a moment has its place; beyond an end, at the end', () => {
  const line = horizonOf(10_000, 12_000);
  expect([5_000, 10_000, 20_000, 90_000].map((ms) => placeOn(line, ms))).toEqual([0, 0, 0.5, 1]);
});

test('a few whole seconds are named', () => {
  expect(ticksOf(horizonOf(12_340, 14_000))).toEqual([15_000, 20_000, 25_000, 30_000]);
  expect(ticksOf(horizonOf(0, 400_000)).length).toBeLessThan(13);
});
