/**
 * The order of a real run's events, held against those of simulated runs. Luck gives several right
 * orders: the real one is right when some simulated run has it; otherwise the run that agrees with
 * it longest shows where the two part.
 */
import { withoutRace, type KeyEvent } from './key-events';

export interface OrderVerdict {
  /** How many simulated runs have exactly the real order. */
  readonly same: number;
  readonly of: number;
  /** The simulated run that agrees longest. */
  readonly nearest: readonly KeyEvent[];
  /** The place where it parts from the real one; null: nowhere. */
  readonly firstDifference: number | null;
}

/** Null without simulated runs. */
export function compareOrder(
  real: readonly KeyEvent[],
  runs: readonly (readonly KeyEvent[])[],
): OrderVerdict | null {
  const simulated = runs.map(withoutRace);
  const agreements = simulated.map((events) => agreement(withoutRace(real), events));
  const best = agreements.reduce((most, one, i) => (one > agreements[most]! ? i : most), 0);
  const nearest = simulated[best];
  if (!nearest) return null;
  return {
    same: agreements.filter((one) => one === Infinity).length,
    of: simulated.length,
    nearest,
    firstDifference: agreements[best] === Infinity ? null : agreements[best]!,
  };
}

/** How many events are the same before the first that is not; Infinity: all of them. */
function agreement(a: readonly KeyEvent[], b: readonly KeyEvent[]): number {
  const longest = Math.max(a.length, b.length);
  for (let i = 0; i < longest; i++) if (a[i]?.event !== b[i]?.event) return i;
  return Infinity;
}
