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

/** Labelled and plain ticks within the window, oldest first, for a scale of `pxPerMs`. */
export function ticksOf(window: TimeWindow, pxPerMs: number): Tick[] {
  const labelStepMs = stepOfAtLeast(LABEL_ROOM_PX / pxPerMs);
  const lineStepMs = lineStep(labelStepMs, pxPerMs);
  const first = Math.max(0, Math.ceil(window.fromMs / lineStepMs));
  const last = Math.floor(window.toMs / lineStepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const atMs = (first + i) * lineStepMs;
    return { atMs, label: atMs % labelStepMs === 0 ? secondsLabel(atMs) : '' };
  });
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
