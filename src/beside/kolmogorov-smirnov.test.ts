import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holm, kolmogorovSmirnov, kolmogorovTail } from './kolmogorov-smirnov';

const upTo = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => from + i);
const sample = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });

describe('Kolmogorov-Smirnov: the distance', () => {
  test.each([
    ['the same sample', [1, 2, 3], [1, 2, 3], 0],
    ['nothing in common', [1, 2, 3], [4, 5, 6], 1],
    ['half of one below the other', [1, 2, 3, 4], [3, 4, 5, 6], 0.5],
    ['one value against many', [2.5], [1, 2, 3, 4], 0.5],
    ['equal values count once', [1, 1, 1], [1], 0],
  ])('%s', (_name, a, b, distance) => {
    expect(kolmogorovSmirnov(a, b).distance).toBeCloseTo(distance);
  });

  test('is the greatest gap between the two shares, wherever one looks', () => {
    fc.assert(
      fc.property(sample, sample, fc.integer({ min: 0, max: 50 }), (a, b, at) => {
        const share = (values: number[]): number =>
          values.filter((value) => value <= at).length / values.length;
        const { distance } = kolmogorovSmirnov(a, b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(share(a) - share(b)) - 1e-12);
        expect(distance).toBeCloseTo(kolmogorovSmirnov(b, a).distance);
      }),
    );
  });

  test('an empty sample cannot be compared', () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow('a sample without measurements');
  });
});

describe('Kolmogorov-Smirnov: what chance does', () => {
  test('two samples of twenty may be 0.43 apart', () => {
    expect(kolmogorovSmirnov(upTo(20), upTo(20)).criticalDistance).toBeCloseTo(0.43, 2);
  });

  test.each([
    [1.358, 0.05],
    [1.628, 0.01],
    [0.1, 1],
  ])('the tail at %d is %d, as in the tables', (lambda, probability) => {
    expect(kolmogorovTail(lambda)).toBeCloseTo(probability, 3);
  });

  test('a shift of a quarter of the range is found in two hundred values, not in ten', () => {
    expect(kolmogorovSmirnov(upTo(200), upTo(200, 50)).probability).toBeLessThan(0.001);
    expect(kolmogorovSmirnov(upTo(10), upTo(10, 2)).probability).toBeGreaterThan(0.5);
  });
});

describe('Holm: many tests, one chance of a false alarm', () => {
  test.each([
    ['nothing is rejected when the smallest is not small enough', [0.02, 0.03, 0.5], []],
    ['one far out is', [0.001, 0.03, 0.5], [0]],
    ['the second is held to a weaker limit than the first', [0.024, 0.5, 0.001], [0, 2]],
  ])('%s', (_name, probabilities, rejected) => {
    const found = holm(probabilities).flatMap((is, i) => (is ? [i] : []));
    expect(found).toEqual(rejected);
  });
});
