/** What is engraved on the ring: arcs, territories, graduations, numbers and slot ranges. */
import { SLOT_COUNT, type NodeName, type Slot } from '../../protocol/ids';
import {
  ALL_SLOTS,
  NO_SLOTS,
  unionSlots,
  withoutSlots,
  type SlotRange,
  type SlotRanges,
} from '../../protocol/slot-ranges';
import type { ArrangedNode } from './arrangement';
import type { NodePlaces } from './node-places';
import { arcPath, distancePx, polar, round, slotAngleRad, TURN_RAD, xy, type Point } from './polar';
import { rangeLabel, type RangeLabel } from './range-labels';
import type { RingSize } from './ring-size';
import { isCrowd } from './scale';
import { sectorPath } from './sector';

export interface SlotArcPicture {
  readonly id: string;
  /** Null for slots that nobody serves. */
  readonly owner: NodeName | null;
  readonly shard: number;
  readonly territory: string;
  readonly band: string;
  readonly outerEdge: string;
  readonly innerEdge: string;
  /** The slots in figures, on a path of its own; null where there is no room. */
  readonly range: RangeLabel | null;
  /** How far a tear in the cluster has moved it; null where it has not. */
  readonly shift: Point | null;
}

export interface RingNumber extends Point {
  readonly slot: Slot;
  readonly turnDeg: number;
}

export interface Graduations {
  readonly fine: string;
  readonly middle: string;
  readonly coarse: string;
}

/** Pixels of paper between two arcs; more where hues grow alike. */
const ARC_GAP = 1.6;
const ARC_GAP_OF_MANY = 2;

/**
 * Every contiguous run of slots as an arc, in slot order, with a pale one for slots nobody
 * serves.
 */
export function slotArcs(
  nodes: readonly ArrangedNode[],
  places: NodePlaces,
  size: RingSize,
): SlotArcPicture[] {
  const owned = nodes.flatMap((node) => node.slots.map((range) => ({ node, range })));
  const served = owned.reduce<SlotRanges>((all, { range }) => unionSlots(all, [range]), NO_SLOTS);
  const arcs = owned.map(({ node, range }) => slotArc(range, node, places, size));
  for (const range of withoutSlots(ALL_SLOTS, served)) {
    arcs.push(slotArc(range, null, places, size));
  }
  return arcs.sort((a, b) => Number(a.id) - Number(b.id));
}

function slotArc(
  [first, last]: SlotRange,
  node: ArrangedNode | null,
  places: NodePlaces,
  size: RingSize,
): SlotArcPicture {
  const gapRad = (places.size > 12 ? ARC_GAP_OF_MANY : ARC_GAP) / size.radius;
  const [start, end] = [slotAngleRad(first), slotAngleRad(last + 1)];
  const [inner, outer] = [size.radius - size.band / 2, size.radius + size.band / 2];
  const inset = Math.min(gapRad, (end - start) / 4);
  const edge = Math.max(2, size.radius * 0.0105);
  return {
    id: String(first),
    owner: node?.name ?? null,
    shard: node?.shard ?? 0,
    territory: sectorPath(0, inner - 3, start + inset, end - inset),
    band: sectorPath(inner, outer, start + inset / 2, end - inset / 2),
    outerEdge: arcPath(outer + edge * 1.2, start + inset, end - inset),
    innerEdge: arcPath(inner - edge * 1.2, start + inset, end - inset),
    range: node && !size.compact ? rangeLabel([first, last], places, size) : null,
    shift: null,
  };
}

/** How far a tear has moved the arc of a slot. */
export type ShiftAt = (slot: Slot) => Point | null;

function shifted({ x, y }: Point, shift: Point | null): Point {
  return shift ? { x: x + shift.x, y: y + shift.y } : { x, y };
}

/** Tick marks outside the band as three path strings, the coarsest with numbers. */
export function graduations(size: RingSize, nodeCount: number, shiftAt: ShiftAt): Graduations {
  const [fine, middle, coarse] = size.compact ? [256, 1024, 4096] : [128, 512, 2048];
  const marks = { fine: '', middle: '', coarse: '' };
  if (isCrowd(nodeCount)) return marks;
  const start = size.radius + size.band / 2 + 5;
  for (let slot = 0; slot < SLOT_COUNT; slot += fine) {
    const kind = slot % coarse === 0 ? 'coarse' : slot % middle === 0 ? 'middle' : 'fine';
    const length = { fine: 3, middle: 5.5, coarse: 9 }[kind];
    const angleRad = slotAngleRad(slot);
    const [from, to] = [start, start + length].map((far) =>
      shifted(polar(far, angleRad), shiftAt(slot)),
    );
    marks[kind] += `M${xy(from!)}L${xy(to!)}`;
  }
  return marks;
}

/** The numbers of the coarse graduations; dropped, never moved, where something else is near. */
export function ringNumbers(
  size: RingSize,
  busy: readonly (Point & { radius: number })[],
  shiftAt: ShiftAt = () => null,
): RingNumber[] {
  const step = size.compact ? 4096 : 2048;
  const radius = size.radius + size.band / 2 + 5 + (size.compact ? 17 : 19);
  const numbers: RingNumber[] = [];
  for (let slot = 0; slot < SLOT_COUNT; slot += step) {
    const angleRad = slotAngleRad(slot);
    const point = shifted(polar(radius, angleRad), shiftAt(slot));
    if (busy.some((thing) => distancePx(thing, point) < thing.radius + 22)) continue;
    const upsideDown = angleRad > TURN_RAD / 4 + 0.01 && angleRad < (3 * TURN_RAD) / 4 - 0.01;
    const turnDeg = (angleRad * 360) / TURN_RAD + (upsideDown ? 180 : 0);
    numbers.push({ slot, x: round(point.x), y: round(point.y), turnDeg: round(turnDeg) });
  }
  return numbers;
}
