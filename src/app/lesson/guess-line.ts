/** The line of seconds on which a moment is guessed: where it begins and ends, and its marks. */
export interface GuessLine {
  readonly fromMs: number;
  readonly untilMs: number;
}

const LEAST_MS = 20_000;
const ROUND_MS = 10_000;
const MOST_TICKS = 6;
const TICKS_MS = [1_000, 2_000, 5_000, 10_000, 20_000, 60_000];

/** From when the question was asked to well beyond the latest right answer. */
export function horizonOf(askedAtMs: number, latestMs: number): GuessLine {
  const fromMs = Math.floor(askedAtMs / 1000) * 1000;
  const beyondMs = Math.max(LEAST_MS, (latestMs - fromMs) * 1.5);
  return { fromMs, untilMs: fromMs + Math.ceil(beyondMs / ROUND_MS) * ROUND_MS };
}

/** Where on the line a moment lies, 0 to 1; what is beyond an end lies at it. */
export function placeOn({ fromMs, untilMs }: GuessLine, ms: number): number {
  return Math.min(1, Math.max(0, (ms - fromMs) / (untilMs - fromMs)));
}

/** Whole seconds to name, at most seven. */
export function ticksOf({ fromMs, untilMs }: GuessLine): number[] {
  const lengthMs = untilMs - fromMs;
  const tickMs = TICKS_MS.find((ms) => lengthMs / ms <= MOST_TICKS) ?? lengthMs;
  const first = Math.ceil(fromMs / tickMs) * tickMs;
  const count = Math.floor((untilMs - first) / tickMs) + 1;
  return Array.from({ length: count }, (_, i) => first + i * tickMs);
}
