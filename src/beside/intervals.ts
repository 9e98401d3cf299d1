/**
 * How long things took: in one run, and as two distributions. What a fault brings about counts from
 * the first deed, what mending brings about from the deed that mends.
 */
import { quantileSorted } from 'd3';
import { mends, type Episode } from './deeds-of-notes';
import type { EventName, KeyEvent } from './key-events';
import { kolmogorovSmirnov, type KsResult } from './kolmogorov-smirnov';

/** A log is stamped when its line is written, a deed when it is told. */
const STAMPS_DIFFER_MS = 50;

export type Intervals = Readonly<Partial<Record<EventName, number>>>;

const AFTER_MENDING: ReadonlySet<EventName> = new Set(['FAIL cleared', 'demoted']);

/** Whether an interval counts from the deed that mends. */
export const isAfterMending = (event: EventName): boolean => AFTER_MENDING.has(event);

/** The intervals of a run whose events count from the first deed. */
export function intervalsOf(events: readonly KeyEvent[], { deeds }: Pick<Episode, 'deeds'>) {
  const mendedMs = deeds.find(({ input }) => mends(input))?.atMs ?? 0;
  const found: Partial<Record<EventName, number>> = {};
  for (const { event, atMs } of events) {
    const sinceMs = isAfterMending(event) ? atMs - mendedMs : atMs;
    if (sinceMs >= -STAMPS_DIFFER_MS) found[event] = Math.max(0, sinceMs);
  }
  return found as Intervals;
}

export interface Spread {
  readonly p10Ms: number;
  readonly medianMs: number;
  readonly p90Ms: number;
}

/** Null without measurements. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => quantileSorted(sorted, share)!;
  return { p10Ms: at(0.1), medianMs: at(0.5), p90Ms: at(0.9) };
}

/** Fewer real runs say nothing about a distribution. */
export const FEWEST_RUNS = 10;

export interface IntervalRow {
  readonly event: EventName;
  readonly simulated: readonly number[];
  readonly spread: Spread | null;
  /** Of the run at hand; null: it did not happen. */
  readonly thisMs: number | null;
  /** Of every real run, the one at hand included. */
  readonly real: readonly number[];
  /** Null as long as there are too few runs. */
  readonly test: KsResult | null;
}

/** One row for each event that either world has, in the order of their simulated medians. */
export function intervalRows(
  now: Intervals,
  real: readonly Intervals[],
  simulated: readonly Intervals[],
): IntervalRow[] {
  const names = new Set([now, ...real, ...simulated].flatMap((one) => Object.keys(one)));
  const rows = [...(names as Set<EventName>)].map((event): IntervalRow => {
    const [theirs, ours] = [valuesOf(real, event), valuesOf(simulated, event)];
    const isEnough = theirs.length >= FEWEST_RUNS && ours.length >= FEWEST_RUNS;
    return {
      ...{ event, simulated: ours, spread: spreadOf(ours), real: theirs },
      thisMs: now[event] ?? null,
      test: isEnough ? kolmogorovSmirnov(theirs, ours) : null,
    };
  });
  const key = ({ event, spread, thisMs }: IntervalRow): number =>
    (isAfterMending(event) ? 1e9 : 0) + (spread?.medianMs ?? thisMs ?? 0);
  return rows.sort((a, b) => key(a) - key(b));
}

const valuesOf = (runs: readonly Intervals[], event: EventName): number[] =>
  runs.flatMap((run) => run[event] ?? []);
