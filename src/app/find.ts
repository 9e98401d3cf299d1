/** What a reader may look for among many nodes: a port, a slot's owner, the slot of a key. */
import type { FrameNode } from '../protocol/cluster-frame';
import type { NodeName, Slot } from '../protocol/ids';
import { SLOT_COUNT } from '../protocol/ids';
import { keySlot } from '../protocol/key-slot';
import type { SlotRanges } from '../protocol/slot-ranges';

export type Found =
  | { readonly by: 'port'; readonly node: NodeName }
  | { readonly by: 'slot'; readonly node: NodeName | null; readonly slot: Slot }
  | {
      readonly by: 'key';
      readonly node: NodeName | null;
      readonly slot: Slot;
      readonly key: string;
    };

/** Who owns which slots, by the table that is drawn. */
export type SlotTable = ReadonlyMap<NodeName, { readonly slots: SlotRanges }>;

const MOST_FOUND = 7;

/** Ports that begin with the text, then those that end with it; then the slot, or the key's. */
export function findAmong(
  text: string,
  nodes: readonly Pick<FrameNode, 'name'>[],
  table: () => SlotTable,
): Found[] {
  const asked = text.trim();
  if (asked === '') return [];
  if (!/^\d+$/.test(asked)) {
    const slot = keySlot(asked);
    return [{ by: 'key', node: ownerOf(slot, table()), slot, key: asked }];
  }
  const rank = ({ name }: Pick<FrameNode, 'name'>) =>
    name.startsWith(asked) ? 0 : name.endsWith(asked) ? 1 : name.includes(asked) ? 2 : 3;
  const ports = nodes
    .filter((node) => rank(node) < 3)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_FOUND)
    .map(({ name }): Found => ({ by: 'port', node: name }));
  const slot = Number(asked);
  if (slot >= SLOT_COUNT) return ports;
  return [...ports, { by: 'slot', node: ownerOf(slot, table()), slot }];
}

function ownerOf(slot: Slot, table: SlotTable): NodeName | null {
  for (const [name, { slots }] of table) {
    if (slots.some(([first, last]) => slot >= first && slot <= last)) return name;
  }
  return null;
}
