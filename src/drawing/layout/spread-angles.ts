/** Keeps discs on the ring from overlapping, moving each as little as possible. */
import { TURN_RAD } from './polar';

/**
 * The bearings nearest to `wishesRad` (least squares) that are at least `apartRad` from each
 * other on the circle.
 * Pool adjacent violators, on the circle cut open at its widest gap. Order is kept.
 */
export function spreadAngles(wishesRad: readonly number[], apartRad: number): number[] {
  const count = wishesRad.length;
  if (count < 2) return [...wishesRad];
  const order = wishesRad.map((_, i) => i).sort((a, b) => wishesRad[a]! - wishesRad[b]!);
  const start = indexAfterWidestGap(order.map((i) => wishesRad[i]!));
  const opened = [...order.slice(start), ...order.slice(0, start)];
  const base = wishesRad[opened[0]!]!;
  const line = opened.map((i) => base + ((wishesRad[i]! - base + TURN_RAD) % TURN_RAD));
  const spread = spreadLine(line, Math.min(apartRad, TURN_RAD / count));
  const result = new Array<number>(count);
  for (const [k, i] of opened.entries()) result[i] = spread[k]!;
  return result;
}

function indexAfterWidestGap(sorted: readonly number[]): number {
  let [widest, index] = [-1, 0];
  for (const [i, angleRad] of sorted.entries()) {
    const previous = i === 0 ? sorted.at(-1)! - TURN_RAD : sorted[i - 1]!;
    if (angleRad - previous > widest) [widest, index] = [angleRad - previous, i];
  }
  return index;
}

/** Isotonic regression of x[i] − i·apart, then evened out if the ends have met behind. */
function spreadLine(line: readonly number[], apart: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const [i, x] of line.entries()) {
    pools.push({ sum: x - i * apart, count: 1 });
    while (pools.length > 1 && mean(pools.at(-2)!) > mean(pools.at(-1)!)) {
      const [last, before] = [pools.pop()!, pools.pop()!];
      pools.push({ sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  const spread = pools.flatMap((pool) => new Array<number>(pool.count).fill(mean(pool)));
  const placed = spread.map((y, i) => y + i * apart);
  if (placed.at(-1)! - placed[0]! <= TURN_RAD - apart + 1e-9) return placed;
  const middle = (placed[0]! + placed.at(-1)!) / 2;
  return placed.map((_, i) => middle + (i - (placed.length - 1) / 2) * (TURN_RAD / placed.length));
}

function mean({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}
