/** Where the figures of a slot range stand: inside the band, beside the discs. */
import type { SlotRange } from '../../protocol/slot-ranges';
import type { NodePlaces } from './node-places';
import { angleBetweenRad, arcPath, polar, slotAngleRad, TURN_RAD, type Point } from './polar';
import type { RingSize } from './ring-size';

/** The slots in figures, on a path of its own. */
export interface RangeLabel {
  readonly text: string;
  readonly path: string;
  readonly at: Point;
}

/** With more masters than this, ports on discs say enough; their slots are in the tables. */
const MOST_LABELLED = 8;
export const LETTER_PX = 6.9;
/** Pixels between the figures and a disc with its paper, and between them and another arc. */
const [DISC_GAP_PX, END_GAP_PX] = [5, 2];
/** How far the figures may reach under a disc that stands clear of them. */
const UNDER_DISC_PX = 10;
/** From the middle of the figures to their outer edge. */
const HALF_HEIGHT_PX = 5;
/** How far inside the band they may stand; the first that leaves room between two discs. */
const DEPTHS_PX = [12, 18, 24];
const LONGEST = '10923–16383'.length;

/**
 * On the half of the arc with more free angle, flipped where they would stand on their head; null
 * where they would touch a disc or leave their arc.
 */
export function rangeLabel(
  [first, last]: SlotRange,
  places: NodePlaces,
  size: RingSize,
): RangeLabel | null {
  const text = first === last ? `${first}` : `${first}–${last}`;
  const discs = [...places.values()].filter(({ place }) => place === 'ring');
  if (discs.length > MOST_LABELLED) return null;
  const radius = size.radius - size.band / 2 - depthPx(discs.length, size);
  const [middle, half] = [slotAngleRad((first + last + 1) / 2), slotAngleRad(last + 1 - first) / 2];
  if (2 * half * radius < text.length * LETTER_PX + 24) return null;
  const needRad = halfWidthRad(text.length, radius) + besideDiscRad(radius, size);
  const reachRad = half - halfWidthRad(text.length, radius) - END_GAP_PX / radius;
  const bearings = discs.map(({ angleRad }) => angleRad);
  const best = roomAt({ middle, half, needRad, reachRad, bearings });
  if (best === null) return null;
  const flipped = Math.cos(best) < -0.05;
  const span = Math.min(Math.max(half * 0.9, halfWidthRad(text.length, radius) + 0.02), 0.5);
  const path = arcPath(flipped ? radius + 3 : radius - 4, best - span, best + span, flipped);
  return { text, path, at: polar(radius, best) };
}

const halfWidthRad = (letters: number, radius: number): number =>
  (letters * LETTER_PX) / 2 / radius;

/** By the count of masters alone: while slots move, no other range does. */
function depthPx(masterCount: number, size: RingSize): number {
  const halfArcRad = TURN_RAD / masterCount / 2;
  const fits = (depth: number) => {
    const radius = size.radius - size.band / 2 - depth;
    const widthRad = 2 * halfWidthRad(LONGEST, radius);
    return widthRad + besideDiscRad(radius, size) + END_GAP_PX / radius <= halfArcRad;
  };
  return DEPTHS_PX.find(fits) ?? DEPTHS_PX.at(-1)!;
}

/** How far from a disc's bearing figures at this radius end. */
function besideDiscRad(radius: number, { radius: ring, masterRadius }: RingSize): number {
  const [outer, clear] = [radius + HALF_HEIGHT_PX, masterRadius + DISC_GAP_PX];
  if (ring - outer >= clear) return -UNDER_DISC_PX / radius;
  return Math.acos((ring ** 2 + outer ** 2 - clear ** 2) / (2 * ring * outer));
}

interface Room {
  readonly middle: number;
  readonly half: number;
  readonly needRad: number;
  readonly reachRad: number;
  readonly bearings: readonly number[];
}

/** Inside its arc, clear of every disc: where it stands well, else as near to a disc as can be. */
function roomAt({ middle, half, needRad, reachRad, bearings }: Room): number | null {
  const free = (at: number) => Math.min(...bearings.map((b) => angleBetweenRad(b, at)));
  const fits = (at: number) =>
    free(at) >= needRad - 1e-6 && angleBetweenRad(at, middle) <= reachRad;
  const well = [-0.56, 0.56, 0].map((share) => middle + share * half).filter(fits);
  if (well.length > 0) return well.reduce((a, b) => (free(b) > free(a) + 0.02 ? b : a));
  return bearings.flatMap((b) => [b - needRad, b + needRad]).find(fits) ?? null;
}
