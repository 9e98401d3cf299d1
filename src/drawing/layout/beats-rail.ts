/** A phone's whole timeline: one line of time with a dot for each beat. */
import type { Beat, BeatKind } from '../../timeline/cluster-source';
import { overviewOf } from './space-time-overview';

export interface BeatDot {
  readonly step: number;
  readonly x: number;
  readonly tone: 'ink' | 'pfail' | 'fail';
  /** The last that the reader has come by. */
  readonly isNow: boolean;
}

export interface BeatsRail {
  readonly pxPerMs: number;
  readonly dots: readonly BeatDot[];
}

const TONES: Partial<Record<BeatKind, BeatDot['tone']>> = {
  pfail: 'pfail',
  report: 'pfail',
  fail: 'fail',
};
const GRAVITY = { ink: 0, pfail: 1, fail: 2 } as const;
/** Dots nearer than this are one; the gravest lends its colour. */
const APART_PX = 9;

/** The dots of the line, merged where they would touch. */
export function beatsRail(
  beats: readonly Pick<Beat, 'step' | 'atMs' | 'kind'>[],
  { computedUntilMs, atMs, widthPx }: { computedUntilMs: number; atMs: number; widthPx: number },
): BeatsRail {
  const { pxPerMs } = overviewOf(computedUntilMs, widthPx);
  const dots: BeatDot[] = [];
  for (const beat of beats) {
    const x = beat.atMs * pxPerMs;
    const [tone, last] = [TONES[beat.kind] ?? 'ink', dots.at(-1)];
    if (!last || x - last.x >= APART_PX) dots.push({ step: beat.step, x, tone, isNow: false });
    else if (GRAVITY[tone] > GRAVITY[last.tone]) dots[dots.length - 1] = { ...last, tone };
  }
  const now = dots.findLastIndex(({ x }) => x <= atMs * pxPerMs);
  return { pxPerMs, dots: dots.map((dot, i) => ({ ...dot, isNow: i === now })) };
}
