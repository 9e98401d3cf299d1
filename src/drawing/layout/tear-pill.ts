/** Where the pill hangs that says for how long a cluster has been torn apart. */
import type { FrameFault } from '../../protocol/cluster-frame';
import { SLOT_COUNT } from '../../protocol/ids';
import type { CornerBox } from './callouts';
import type { PillPicture } from './fact-pills';
import { polar, slotAngleRad, type Point } from './polar';
import type { StageGeometry } from './stage-geometry';

export interface TearPill extends PillPicture {
  readonly sinceMs: number;
}

/** Half its width, and how far from the end of the tear it hangs. */
export const HALF_WIDTH = 56;
const GAP = 14;

const HALF_HEIGHT = 12;

/**
 * At the end of the tear that is farthest aside, inside the stage and clear of discs, arcs and
 * notes; null while nothing is torn.
 */
export function tearPill(
  faults: readonly FrameFault[],
  geometry: StageGeometry,
  widthPx: number,
  notes: readonly CornerBox[] = [],
): TearPill | null {
  const { size, isTornBetween } = geometry;
  const cuts = faults.filter(({ type, from, to }) => type === 'cut' && isTornBetween(from, to));
  const ends = endsOf(geometry).sort((a, b) => Math.abs(b.x) - Math.abs(a.x));
  if (cuts.length === 0 || ends.length === 0) return null;
  const sinceMs = Math.max(...cuts.map((fault) => fault.sinceMs));
  const [left, right] = [8 + HALF_WIDTH - size.centreX, widthPx - 8 - HALF_WIDTH - size.centreX];
  const spots = ends.flatMap((end) => {
    const aside = end.x < 0 ? -HALF_WIDTH : HALF_WIDTH;
    const [x, across] = [aside, -aside].map((px) => Math.max(left, Math.min(end.x + px, right)));
    const outwards = end.y < 0 ? -GAP : GAP;
    const beyond = { x: Math.max(left, Math.min(end.x, right)), y: end.y + outwards };
    const beside = [x!, across!].flatMap((at) => [
      { x: at, y: end.y + outwards },
      { x: at, y: end.y - outwards },
    ]);
    return [...beside.slice(0, 2), beyond, ...beside.slice(2)];
  });
  const taken = [...geometry.places.values(), ...alongBand(geometry)];
  const isFree = ({ x, y }: Point) =>
    notes.every((note) => isClear({ x: x + size.centreX, y: y + size.centreY }, note)) &&
    taken.every((disc) => !covers({ x, y }, disc));
  const spot = spots.find(isFree) ?? spots[0]!;
  return { name: '', icon: 'cut', anchor: 'middle', isAway: false, ...spot, sinceMs };
}

/** Where the tear ends; beside each lost replica where only replicas are on the other side. */
function endsOf({ tear, shifts, places }: StageGeometry): Point[] {
  if (tear.length > 0) return tear.map(({ to }) => to);
  return [...shifts.keys()].flatMap((name) => {
    const place = places.get(name);
    return place ? [{ x: place.x, y: place.y + Math.sign(place.y) * (place.radius + GAP) }] : [];
  });
}

const STEP_SLOTS = 128;

/** Discs that cover the band together, wherever the tear has moved its parts. */
function alongBand({ size, shiftAt }: StageGeometry): (Point & { readonly radius: number })[] {
  return Array.from({ length: SLOT_COUNT / STEP_SLOTS }, (_, i) => {
    const slot = i * STEP_SLOTS;
    const [at, shift] = [polar(size.radius, slotAngleRad(slot)), shiftAt(slot)];
    return { x: at.x + (shift?.x ?? 0), y: at.y + (shift?.y ?? 0), radius: size.band / 2 };
  });
}

function isClear({ x, y }: Point, note: CornerBox): boolean {
  const isAside = x + HALF_WIDTH < note.x || x - HALF_WIDTH > note.x + note.width;
  return isAside || y + HALF_HEIGHT < note.y || y - HALF_HEIGHT > note.y + note.height;
}

function covers({ x, y }: Point, disc: Point & { readonly radius: number }): boolean {
  const reach = disc.radius + 2;
  return Math.abs(disc.x - x) < HALF_WIDTH + reach && Math.abs(disc.y - y) < HALF_HEIGHT + reach;
}
