/**
 * A set of slots as sorted, disjoint, inclusive ranges: `[[0, 5460], [9000, 9000]]`.
 * Redis keeps a 2,048-byte bitmap; ranges hold the same set and stay small in a snapshot.
 * Source: clusterNodeSetSlotBit, representSlotInfo, src/cluster.c.
 */
import { SLOT_COUNT, type Slot } from './ids';

export type SlotRange = readonly [first: Slot, last: Slot];
export type SlotRanges = readonly SlotRange[];

export const NO_SLOTS: SlotRanges = [];
export const ALL_SLOTS: SlotRanges = [[0, SLOT_COUNT - 1]];

/** How many slots the set holds, 0 to 16384. */
export function slotCount(ranges: SlotRanges): number {
  let count = 0;
  for (const [first, last] of ranges) count += last - first + 1;
  return count;
}

/** Whether `slot` is in the set. */
export function hasSlot(ranges: SlotRanges, slot: Slot): boolean {
  return ranges.some(([first, last]) => slot >= first && slot <= last);
}

/** Whether both sets hold the same slots. */
export function sameSlots(a: SlotRanges, b: SlotRanges): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every(([first, last], i) => first === b[i]![0] && last === b[i]![1]);
}

/** All slots of either set. */
export function unionSlots(a: SlotRanges, b: SlotRanges): SlotRanges {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all = [...a, ...b].sort((x, y) => x[0] - y[0]);
  const merged: [Slot, Slot][] = [];
  for (const [first, last] of all) {
    const previous = merged.at(-1);
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** The slots of `a` that are not in `b`. */
export function withoutSlots(a: SlotRanges, b: SlotRanges): SlotRanges {
  if (a.length === 0 || b.length === 0) return a;
  const rest: SlotRange[] = [];
  for (const [first, last] of a) {
    let start = first;
    for (const [cutFirst, cutLast] of b) {
      if (cutLast < start || cutFirst > last) continue;
      if (cutFirst > start) rest.push([start, cutFirst - 1]);
      start = cutLast + 1;
    }
    if (start <= last) rest.push([start, last]);
  }
  return rest;
}

/** The slots in both sets. */
export function commonSlots(a: SlotRanges, b: SlotRanges): SlotRanges {
  return withoutSlots(a, withoutSlots(a, b));
}

/** A set from single slots in any order; throws on a slot outside 0..16383. */
export function slotsOf(slots: Iterable<Slot>): SlotRanges {
  const sorted = [...new Set(slots)].sort((x, y) => x - y);
  const ranges: [Slot, Slot][] = [];
  for (const slot of sorted) {
    if (!Number.isInteger(slot) || slot < 0 || slot >= SLOT_COUNT) {
      throw new Error(`slot ${slot} is outside 0 to ${SLOT_COUNT - 1}`);
    }
    const previous = ranges.at(-1);
    if (previous && slot === previous[1] + 1) previous[1] = slot;
    else ranges.push([slot, slot]);
  }
  return ranges;
}

/** Each slot of the set, ascending. */
export function* eachSlot(ranges: SlotRanges): Generator<Slot> {
  for (const [first, last] of ranges) for (let slot = first; slot <= last; slot++) yield slot;
}

/** The form CLUSTER NODES prints: `0-5460 9000`. */
export function printSlots(ranges: SlotRanges): string {
  return ranges.map(([a, b]) => (a === b ? `${a}` : `${a}-${b}`)).join(' ');
}
