/**
 * The strip under the lanes: the whole of time at once, how busy it was, and where the window lies.
 */
import type { Beat } from '../../timeline/cluster-source';
import { clockLabel } from './space-time-ticks';

export interface Overview {
  /** Nothing is known of the time before. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly label: string;
  readonly bucketMs: number;
  readonly pxPerMs: number;
}

const LEAST_MS = 30_000;
const SHORT_MS = 600_000;
const BAR_PX = 3;

/**
 * The scale of the strip for what is computed so far; it grows in steps, so that it rarely moves.
 * A log, whose clock showed `startsAtUnixMs` at 0, is known to its end; what is watched, perhaps not
 * from its beginning.
 */
export function overviewOf(
  computedUntilMs: number,
  widthPx: number,
  startsAtUnixMs?: number,
  fromMs = 0,
): Overview {
  let untilMs = LEAST_MS;
  while (untilMs < computedUntilMs) untilMs *= 2;
  if (startsAtUnixMs !== undefined) untilMs = Math.max(fromMs + 1, computedUntilMs);
  const pxPerMs = widthPx / (untilMs - fromMs);
  return {
    fromMs,
    untilMs,
    label: startsAtUnixMs
      ? dayLabel(startsAtUnixMs, fromMs, untilMs)
      : `0–${untilMs / 1000}\u00a0s`,
    bucketMs: Math.max(1, Math.round(BAR_PX / pxPerMs)),
    pxPerMs,
  };
}

/**
 * `11:08–11:58`: from the minute of the first line to that of the last. Of a few minutes it names the
 * seconds, on two lines.
 */
function dayLabel(startsAtUnixMs: number, fromMs: number, untilMs: number): string {
  const isShort = untilMs - fromMs < SHORT_MS;
  const ends = [fromMs, untilMs].map((ms) =>
    clockLabel(startsAtUnixMs + ms).slice(0, isShort ? 8 : 5),
  );
  return ends.join(isShort ? '–\n' : '–');
}

/** The bars of the strip as one path, the busiest as high as the strip. */
export function densityPath(
  counts: readonly number[],
  overview: Overview,
  heightPx: number,
): string {
  const most = Math.max(1, ...counts);
  const { fromMs, bucketMs, pxPerMs } = overview;
  const bars = counts.map((count, i) => {
    if (count === 0 || i * bucketMs < fromMs) return '';
    const barPx = Math.max(1, (count / most) * heightPx);
    return `M${((i * bucketMs - fromMs) * pxPerMs + 0.7).toFixed(1)} ${heightPx}v${(-barPx).toFixed(1)}`;
  });
  return bars.join('');
}

/**
 * Beats that deserve a mark in the strip, one a place and look; the graver look covers the other.
 */
export function overviewMarks(beats: readonly Beat[], overview: Overview) {
  const marks = new Map<number, { x: number; tone: 'ink' | 'pfail' | 'fail' }>();
  for (const { note, atMs } of beats) {
    const tone = overviewTone(note.event === 'flag.set' ? note.flag : note.event);
    if (tone === null || atMs < overview.fromMs) continue;
    const x = Math.round((atMs - overview.fromMs) * overview.pxPerMs);
    const present = marks.get(x);
    if (!present || GRAVITY[tone] > GRAVITY[present.tone]) marks.set(x, { x, tone });
  }
  return [...marks.values()];
}

const GRAVITY = { ink: 0, pfail: 1, fail: 2 } as const;
const INK_EVENTS: ReadonlySet<string> = new Set(['process', 'promote', 'election.start', 'link']);

function overviewTone(event: string): 'ink' | 'pfail' | 'fail' | null {
  if (event === 'pfail' || event === 'fail') return event;
  return INK_EVENTS.has(event) ? 'ink' : null;
}
