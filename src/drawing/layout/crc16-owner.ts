/** Who serves a slot, in the table the stage shows. */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NodeName, Slot } from '../../protocol/ids';
import type { SlotRange } from '../../protocol/slot-ranges';
import { tableOf } from './table';

export interface SlotOwner {
  readonly name: NodeName;
  readonly shard: number;
  readonly range: SlotRange;
}

/** Answers for any slot whose it is, through `viewpoint`'s eyes, or, for null, by the majority. */
export function slotOwners(
  frame: ClusterFrame,
  viewpoint: NodeName | null,
): (slot: Slot) => SlotOwner | null {
  const table = tableOf(frame, viewpoint);
  const owned = [...table].flatMap(([name, row]) => row.slots.map((range) => ({ name, range })));
  const shards = new Map(frame.nodes.map((node) => [node.name, node.shard]));
  return (slot) => {
    const found = owned.find(({ range: [first, last] }) => slot >= first && slot <= last);
    return found ? { ...found, shard: shards.get(found.name) ?? 0 } : null;
  };
}
