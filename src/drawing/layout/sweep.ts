/** Slots on their way from one owner to the next: the boundary sweeps across the arc. */
import { commonSlots, NO_SLOTS, unionSlots, withoutSlots } from '../../protocol/slot-ranges';
import type { SlotRange, SlotRanges } from '../../protocol/slot-ranges';
import type { ArrangedNode } from './arrangement';

/** The nodes of `to`, holding only the `share` (0 to 1) of what they gain since `from`. */
export function sweepSlots(
  from: readonly ArrangedNode[],
  to: readonly ArrangedNode[],
  share: number,
): readonly ArrangedNode[] {
  const before = new Map(from.map((node) => [node.name, node]));
  const held = (node: ArrangedNode) => before.get(node.name)?.slots ?? NO_SLOTS;
  let waiting: SlotRanges = NO_SLOTS;
  for (const node of to) {
    for (const range of withoutSlots(node.slots, held(node))) {
      const owned = from.filter(({ shard }) => shard === node.shard);
      waiting = unionSlots(waiting, restOf(range, share, startsAtEnd(range, owned)));
    }
  }
  if (waiting.length === 0) return to;
  return to.map((node) => {
    const kept = commonSlots(held(node), waiting);
    return { ...node, slots: unionSlots(withoutSlots(node.slots, waiting), kept) };
  });
}

/** Whether the shard already holds what follows the range, and nothing before it. */
function startsAtEnd([first, last]: SlotRange, owned: readonly ArrangedNode[]): boolean {
  const ranges = owned.flatMap(({ slots }) => slots);
  const touchesStart = ranges.some((range) => range[1] === first - 1);
  return !touchesStart && ranges.some((range) => range[0] === last + 1);
}

function restOf([first, last]: SlotRange, share: number, fromEnd: boolean): SlotRanges {
  const taken = Math.round(share * (last - first + 1));
  const rest: SlotRange = fromEnd ? [first, last - taken] : [first + taken, last];
  return rest[0] <= rest[1] ? [rest] : NO_SLOTS;
}
