/**
 * What differs between two futures that grew from one past: beats that only one of them has, and
 * beats that both have at different times.
 */
import type { Beat } from './cluster-source';

export type Difference =
  | { readonly type: 'only'; readonly in: 'left' | 'right'; readonly beat: Beat }
  | { readonly type: 'moved'; readonly left: Beat; readonly right: Beat };

/** Of a note, what may differ though it tells the same event. */
const INCIDENTAL: ReadonlySet<string> = new Set([
  ...['atMs', 'step', 'message', 'delayMs', 'rank', 'reason', 'offsetBytes', 'run', 'bytes'],
]);

/**
 * The differences from the fork at `fromMs` up to `untilMs`, in order of time. A beat that one
 * future has and the other has not by then counts as missing there.
 */
export function differencesOf(
  left: readonly Beat[],
  right: readonly Beat[],
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Difference[] {
  const isWithin = ({ atMs }: Beat): boolean => atMs >= fromMs && atMs <= untilMs;
  const rightByKey = byKey(right.filter(isWithin));
  const differences: Difference[] = [];
  for (const [key, beat] of byKey(left.filter(isWithin))) {
    const twin = rightByKey.get(key);
    rightByKey.delete(key);
    if (twin === undefined) differences.push({ type: 'only', in: 'left', beat });
    else if (twin.atMs !== beat.atMs) differences.push({ type: 'moved', left: beat, right: twin });
  }
  for (const beat of rightByKey.values()) differences.push({ type: 'only', in: 'right', beat });
  return differences.toSorted((a, b) => differenceMs(a) - differenceMs(b));
}

/** When the two futures begin to differ in this. */
export function differenceMs(difference: Difference): number {
  if (difference.type === 'only') return difference.beat.atMs;
  return Math.min(difference.left.atMs, difference.right.atMs);
}

/** By what it tells; the third time that the same is told is another key than the second. */
function byKey(beats: readonly Beat[]): Map<string, Beat> {
  const told = new Map<string, number>();
  const found = new Map<string, Beat>();
  for (const beat of beats) {
    const story = Object.entries(beat.note)
      .filter(([name]) => !INCIDENTAL.has(name))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(' ');
    const times = told.get(story) ?? 0;
    told.set(story, times + 1);
    found.set(`${times} ${story}`, beat);
  }
  return found;
}
