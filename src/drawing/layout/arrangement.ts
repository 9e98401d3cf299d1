/**
 * Who sits where on the stage, by the chosen table: on an arc, as a moon of one who does, or in
 * the bay.
 * The hue stays with the shard, so after a failover two processes change places and no colour
 * moves.
 */
import type { ClusterFrame, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { NO_SLOTS, slotCount, type SlotRanges } from '../../protocol/slot-ranges';
import { normalRad, slotAngleRad, TURN_RAD } from './polar';
import { tableOf, type Table, type TableRow } from './table';

export interface ArrangedNode {
  readonly name: NodeName;
  readonly shard: number;
  readonly role: 'master' | 'replica';
  readonly place: 'ring' | 'moon' | 'bay';
  /** The node a moon orbits. */
  readonly around: NodeName | null;
  /** Whether a replication link joins it to the node it orbits. */
  readonly replicates: boolean;
  readonly slots: SlotRanges;
  readonly knowledge: 'known' | 'handshake' | 'unknown';
  /** For a node on the ring, where it would like to sit: the middle of its longest run of slots. */
  readonly wishRad: number;
}

/** Every node of the frame, placed by the table of `viewpoint` (null: the majority's). */
export function arrange(frame: ClusterFrame, viewpoint: NodeName | null): ArrangedNode[] {
  const table = tableOf(frame, viewpoint);
  const ringNames = namesOnRing(frame, table);
  return frame.nodes.map((node) => arrangeNode(node, { frame, table, ringNames }));
}

/** The same string as long as nothing on the stage has to change place. */
export function arrangementKey(nodes: readonly ArrangedNode[]): string {
  return nodes
    .map((n) =>
      [
        n.name,
        n.shard,
        n.role,
        n.place,
        n.around,
        n.replicates,
        n.slots.join(' '),
        n.knowledge,
      ].join(),
    )
    .join(';');
}

interface Arranging {
  readonly frame: ClusterFrame;
  readonly table: Table;
  readonly ringNames: ReadonlySet<NodeName>;
}

function arrangeNode(node: FrameNode, { frame, table, ringNames }: Arranging): ArrangedNode {
  const row = table.get(node.name);
  const onRing = ringNames.has(node.name);
  const around = onRing ? null : orbitCentre(node, { frame, table, ringNames });
  const slots = row?.role === 'master' ? row.slots : NO_SLOTS;
  return {
    name: node.name,
    shard: node.shard,
    role: row?.role ?? 'master',
    place: onRing ? 'ring' : around ? 'moon' : 'bay',
    around,
    replicates: row?.role === 'replica' && row.master === around && around !== null,
    slots,
    knowledge: row?.knowledge ?? 'unknown',
    wishRad: slots.length > 0 ? middleOfLongestRunRad(slots) : homeRad(node, frame),
  };
}

/**
 * Masters with slots, and, for a shard that has none, its first node if its home on the ring is
 * free:
 * so the processes of a cluster that is not yet made already stand where they will serve.
 */
function namesOnRing(frame: ClusterFrame, table: Table): Set<NodeName> {
  const names = new Set(
    frame.nodes.filter((n) => servesSlots(table.get(n.name))).map((n) => n.name),
  );
  const shardsServed = new Set(frame.nodes.filter((n) => names.has(n.name)).map((n) => n.shard));
  for (const node of frame.nodes) {
    if (shardsServed.has(node.shard) || homeIsTaken(node, frame, table)) continue;
    shardsServed.add(node.shard);
    names.add(node.name);
  }
  return names;
}

function servesSlots(row: TableRow | undefined): boolean {
  return row?.role === 'master' && slotCount(row.slots) > 0;
}

function homeIsTaken(node: FrameNode, frame: ClusterFrame, table: Table): boolean {
  const home = homeRad(node, frame);
  return [...table.values()].some(
    (row) =>
      row.role === 'master' &&
      row.slots.some(([a, b]) => home >= slotAngleRad(a) && home < slotAngleRad(b + 1)),
  );
}

/** Its master if that one is on the ring; else whoever serves its shard. */
function orbitCentre(node: FrameNode, { frame, table, ringNames }: Arranging): NodeName | null {
  const master = table.get(node.name)?.master;
  if (master && ringNames.has(master)) return master;
  return frame.nodes.find((n) => n.shard === node.shard && ringNames.has(n.name))?.name ?? null;
}

function homeRad(node: FrameNode, frame: ClusterFrame): number {
  const shardCount = Math.max(...frame.nodes.map((n) => n.shard)) + 1;
  return normalRad(((node.shard + 0.5) / shardCount) * TURN_RAD);
}

function middleOfLongestRunRad(slots: SlotRanges): number {
  let [first, last] = slots[0]!;
  for (const [a, b] of slots) if (b - a > last - first) [first, last] = [a, b];
  return slotAngleRad((first + last + 1) / 2);
}
