/** The time axis: steps a reader can count in, never closer than a label needs. */
import type { TimeWindow } from './space-time-window';

export interface Tick {
  readonly atMs: number;
  /** Empty on the finer lines between labels. */
  readonly label: string;
}

const STEPS_MS: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000,
];
const LABEL_ROOM_PX = 110;
const LINE_ROOM_PX = 36;

/**
 * Labelled and plain ticks within the window, oldest first, for a scale of `pxPerMs`. Where a real
 * clock showed `startsAtUnixMs` at 0, the labels are its times.
 */
export function ticksOf(window: TimeWindow, pxPerMs: number, startsAtUnixMs?: number): Tick[] {
  const labelStepMs = stepOfAtLeast(LABEL_ROOM_PX / pxPerMs);
  const lineStepMs = lineStep(labelStepMs, pxPerMs);
  // Lines stand at round times of the clock that is shown.
  const offMs = (startsAtUnixMs ?? 0) % lineStepMs;
  const first = Math.ceil((Math.max(0, window.fromMs) + offMs) / lineStepMs);
  const last = Math.floor((window.toMs + offMs) / lineStepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const atMs = (first + i) * lineStepMs - offMs;
    const shownMs = atMs + (startsAtUnixMs ?? 0);
    if (shownMs % labelStepMs !== 0) return { atMs, label: '' };
    return { atMs, label: startsAtUnixMs ? clockLabel(shownMs) : secondsLabel(atMs) };
  });
}

/** `11:43:16.053`: the time of day of a Unix time, in UTC, without a fraction that is zero. */
export function clockLabel(unixMs: number): string {
  // While a run plays, it stands between two milliseconds.
  const ofDayMs = Math.floor(unixMs) % 86_400_000;
  const [hours, minutes, seconds] = [3_600_000, 60_000, 1_000].map((unit, i) =>
    String(Math.floor(ofDayMs / unit) % (i === 0 ? 24 : 60)).padStart(2, '0'),
  );
  const ms = ofDayMs % 1_000;
  return `${hours}:${minutes}:${seconds}${ms > 0 ? `.${String(ms).padStart(3, '0')}` : ''}`;
}

/** `11.25 s`: seconds with as many decimals as the time needs, and a no-break space. */
export function secondsLabel(atMs: number): string {
  return `${String(Math.round(atMs) / 1000)}\u00a0s`;
}

function stepOfAtLeast(leastMs: number): number {
  return STEPS_MS.find((stepMs) => stepMs >= leastMs) ?? STEPS_MS.at(-1)!;
}

function lineStep(labelStepMs: number, pxPerMs: number): number {
  const divisors = labelStepMs === 60_000 ? [6, 3] : [5, 2];
  const divisor = divisors.find(
    (n) => Number.isInteger(labelStepMs / n) && (labelStepMs / n) * pxPerMs >= LINE_ROOM_PX,
  );
  return labelStepMs / (divisor ?? 1);
}
