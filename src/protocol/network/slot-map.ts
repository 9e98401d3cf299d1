/**
 * A client's own table of slots: what redirects and CLUSTER SHARDS or CLUSTER SLOTS have told it.
 * Source: none in redis-server; the slot caches of client libraries (Jedis renewSlotCache, ioredis
 * refreshSlotsCache), filled from addNodeDetailsToShardReply and clusterReplyMultiBulkSlots.
 */
import type { NodeName, Slot } from '../ids';
import type { Reply } from '../reply';
import { hasSlot, slotsOf, unionSlots, withoutSlots, type SlotRanges } from '../slot-ranges';

export interface SlotMapEntry {
  readonly slots: SlotRanges;
  readonly node: NodeName;
  readonly learntAtMs: number;
}

export type SlotMap = readonly SlotMapEntry[];

/** The node the map names for a slot, or null. */
export function ownerInMap(map: SlotMap, slot: Slot): NodeName | null {
  return map.find((entry) => hasSlot(entry.slots, slot))?.node ?? null;
}

/** The map after MOVED: one slot, and nothing about the others. */
export function withMoved(map: SlotMap, slot: Slot, node: NodeName, learntAtMs: number): SlotMap {
  const slots = slotsOf([slot]);
  const others = map.flatMap((entry) => {
    const rest = withoutSlots(entry.slots, slots);
    return rest.length === 0 ? [] : [rest === entry.slots ? entry : { ...entry, slots: rest }];
  });
  return [...others, { slots, node, learntAtMs }];
}

/** Whether a command asks for the whole map. */
export function asksForMap(argv: readonly string[]): boolean {
  const [container = '', word = ''] = argv.map((part) => part.toUpperCase());
  return argv.length === 2 && container === 'CLUSTER' && ['SHARDS', 'SLOTS'].includes(word);
}

/** What the answer to CLUSTER SHARDS or CLUSTER SLOTS says of masters; null for any other reply. */
export function mapOfReply(argv: readonly string[], reply: Reply, nowMs: number): SlotMap | null {
  if (!asksForMap(argv) || reply.type !== 'array') return null;
  const read = argv[1]!.toUpperCase() === 'SHARDS' ? ofShard : ofRun;
  const byNode = new Map<NodeName, SlotRanges>();
  for (const { node, slots } of reply.items.flatMap(read)) {
    byNode.set(node, unionSlots(byNode.get(node) ?? [], slots));
  }
  return [...byNode].map(([node, slots]) => ({ slots, node, learntAtMs: nowMs }));
}

type Claim = Pick<SlotMapEntry, 'slots' | 'node'>;

const itemsOf = (reply: Reply | undefined): readonly Reply[] =>
  reply?.type === 'array' ? reply.items : [];
const numberOf = (reply: Reply | undefined): number =>
  reply?.type === 'integer' ? reply.value : Number.NaN;

/** The value of a name in a flat list of names and values. */
function field(items: readonly Reply[], name: string): Reply | undefined {
  const at = items.findIndex((item) => item.type === 'bulk' && item.text === name);
  return at === -1 ? undefined : items[at + 1];
}

/** One element of CLUSTER SHARDS: the master's slots, if it has any and has not failed. */
function ofShard(shard: Reply): Claim[] {
  const bounds = itemsOf(field(itemsOf(shard), 'slots')).map(numberOf);
  const members = itemsOf(field(itemsOf(shard), 'nodes')).map(itemsOf);
  const master = members.find((member) => {
    const role = field(member, 'role');
    return role?.type === 'bulk' && role.text === 'master';
  });
  const port = numberOf(field(master ?? [], 'port'));
  const slots = bounds.flatMap((first, i) =>
    i % 2 === 0 ? [[first, bounds[i + 1]!] as const] : [],
  );
  return slots.length === 0 || Number.isNaN(port) ? [] : [{ node: String(port), slots }];
}

/** One element of CLUSTER SLOTS: first, last, owner. */
function ofRun(run: Reply): Claim[] {
  const [first, last, owner] = itemsOf(run);
  const port = numberOf(itemsOf(owner)[1]);
  return Number.isNaN(port)
    ? []
    : [{ node: String(port), slots: [[numberOf(first), numberOf(last)]] }];
}
