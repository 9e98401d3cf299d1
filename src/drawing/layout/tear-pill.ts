/** Where the pill hangs that says for how long a cluster has been torn apart. */
import type { FrameFault } from '../../protocol/cluster-frame';
import type { CornerBox } from './callouts';
import type { PillPicture } from './fact-pills';
import type { Point } from './polar';
import type { StageGeometry } from './stage-geometry';

export interface TearPill extends PillPicture {
  readonly sinceMs: number;
}

/** Half its width, and how far from the end of the tear it hangs. */
const HALF_WIDTH = 56;
const GAP = 14;

const HALF_HEIGHT = 12;

/**
 * At the end of the tear that is farthest aside, inside the stage and clear of the notes; null
 * while nothing is torn.
 */
export function tearPill(
  faults: readonly FrameFault[],
  geometry: StageGeometry,
  widthPx: number,
  notes: readonly CornerBox[] = [],
): TearPill | null {
  const { tear, size, isTornBetween } = geometry;
  const across = faults.filter(({ type, from, to }) => type === 'cut' && isTornBetween(from, to));
  const ends = tear.map(({ to }) => to).sort((a, b) => Math.abs(b.x) - Math.abs(a.x));
  if (across.length === 0 || ends.length === 0) return null;
  const sinceMs = Math.max(...across.map((fault) => fault.sinceMs));
  const [left, right] = [8 + HALF_WIDTH - size.centreX, widthPx - 8 - HALF_WIDTH - size.centreX];
  const spots = ends.flatMap((end) => {
    const aside = end.x < 0 ? -HALF_WIDTH : HALF_WIDTH;
    const x = Math.max(left, Math.min(end.x + aside, right));
    const outwards = end.y < 0 ? -GAP : GAP;
    const beyond = { x: Math.max(left, Math.min(end.x, right)), y: end.y + outwards };
    return [{ x, y: end.y + outwards }, { x, y: end.y - outwards }, beyond];
  });
  const discs = [...geometry.places.values()];
  const isFree = ({ x, y }: Point) =>
    notes.every((note) => isClear({ x: x + size.centreX, y: y + size.centreY }, note)) &&
    discs.every((disc) => !covers({ x, y }, disc));
  const spot = spots.find(isFree) ?? spots[0]!;
  return { name: '', icon: 'cut', anchor: 'middle', isAway: false, ...spot, sinceMs };
}

function isClear({ x, y }: Point, note: CornerBox): boolean {
  const isAside = x + HALF_WIDTH < note.x || x - HALF_WIDTH > note.x + note.width;
  return isAside || y + HALF_HEIGHT < note.y || y - HALF_HEIGHT > note.y + note.height;
}

function covers({ x, y }: Point, disc: Point & { readonly radius: number }): boolean {
  const reach = disc.radius + 2;
  return Math.abs(disc.x - x) < HALF_WIDTH + reach && Math.abs(disc.y - y) < HALF_HEIGHT + reach;
}
