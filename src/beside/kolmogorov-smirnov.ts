/**
 * The two-sample Kolmogorov-Smirnov test: do two sets of measurements come from one distribution?
 * Its statistic is the greatest distance between the two empirical distribution functions.
 * Source: Smirnov 1948; Press et al., Numerical Recipes, "Kolmogorov-Smirnov Test".
 */
import { bisectRight } from 'd3';

export interface KsResult {
  /** The greatest distance, 0 to 1. */
  readonly distance: number;
  /** The distance that two samples of one distribution exceed one time in twenty. */
  readonly criticalDistance: number;
  /** How often chance alone makes such a distance, 0 to 1. */
  readonly probability: number;
}

/** c(0.05) of the asymptotic distribution. */
const CRITICAL_AT_5_PERCENT = 1.358;

/** Compares two samples; throws when one is empty. */
export function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): KsResult {
  if (a.length === 0 || b.length === 0) throw new Error('a sample without measurements');
  const [sortedA, sortedB] = [sorted(a), sorted(b)];
  const gaps = [...sortedA, ...sortedB].map((value) =>
    Math.abs(shareUpTo(sortedA, value) - shareUpTo(sortedB, value)),
  );
  const distance = Math.max(...gaps);
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return {
    distance,
    criticalDistance: CRITICAL_AT_5_PERCENT / root,
    probability: kolmogorovTail((root + 0.12 + 0.11 / root) * distance),
  };
}

const sorted = (values: readonly number[]): number[] => [...values].sort((x, y) => x - y);

/** The empirical distribution function: the share of the sample that is not above `value`. */
export function shareUpTo(sortedSample: readonly number[], value: number): number {
  return bisectRight(sortedSample as number[], value) / sortedSample.length;
}

const TERMS = 100;

/** Q(λ) = 2 Σ (−1)^(j−1) exp(−2 j² λ²), the tail of the Kolmogorov distribution. */
export function kolmogorovTail(lambda: number): number {
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let j = 1; j <= TERMS; j++) {
    sum += 2 * (-1) ** (j - 1) * Math.exp(-2 * j * j * lambda * lambda);
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * Which of several tests reject when the chance of even one false alarm among all of them is to
 * stay below `level`. Source: Holm 1979.
 */
export function holm(probabilities: readonly number[], level = 0.05): boolean[] {
  const order = [...probabilities.keys()].sort((i, j) => probabilities[i]! - probabilities[j]!);
  const rejected = probabilities.map(() => false);
  for (const [rank, i] of order.entries()) {
    if (probabilities[i]! > level / (probabilities.length - rank)) break;
    rejected[i] = true;
  }
  return rejected;
}
