/** The time of a run: milliseconds since it began, fine enough to order frames. */

export interface RunClock {
  /** Unix milliseconds of time 0. */
  readonly epochMs: number;
  readonly nowMs: () => number;
}

export function startClock(): RunClock {
  const startMs = performance.now();
  // Thousandths of a millisecond: what a proxy can tell apart, and no digits beyond.
  const nowMs = (): number => Math.round((performance.now() - startMs) * 1_000) / 1_000;
  return { epochMs: performance.timeOrigin + startMs, nowMs };
}
