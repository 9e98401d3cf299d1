/** Where the pill hangs that says for how long a cluster has been torn apart. */
import type { FrameFault } from '../../protocol/cluster-frame';
import type { PillPicture } from './fact-pills';
import type { StageGeometry } from './stage-geometry';

export interface TearPill extends PillPicture {
  readonly sinceMs: number;
}

/** Half its width, and how far from the end of the tear it hangs. */
const HALF_WIDTH = 56;
const GAP = 14;

/** At the end of the tear that is farthest aside, inside the stage; null while nothing is torn. */
export function tearPill(
  faults: readonly FrameFault[],
  geometry: StageGeometry,
  widthPx: number,
): TearPill | null {
  const { tear, size, isTornBetween } = geometry;
  const across = faults.filter(({ type, from, to }) => type === 'cut' && isTornBetween(from, to));
  const ends = tear.map(({ to }) => to).sort((a, b) => Math.abs(b.x) - Math.abs(a.x));
  const [end] = ends;
  if (across.length === 0 || !end) return null;
  const sinceMs = Math.max(...across.map((fault) => fault.sinceMs));
  const aside = end.x < 0 ? -HALF_WIDTH : HALF_WIDTH;
  const [left, right] = [8 + HALF_WIDTH - size.centreX, widthPx - 8 - HALF_WIDTH - size.centreX];
  const x = Math.max(left, Math.min(end.x + aside, right));
  const y = end.y + (end.y < 0 ? -GAP : GAP);
  return { name: '', icon: 'cut', anchor: 'middle', isAway: false, x, y, sinceMs };
}
