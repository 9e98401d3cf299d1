/**
 * A world put away small. From one kept world to the next nearly every entry of every table and
 * nearly every connection has changed, but only in its times. What comes back is equal to what was
 * put in.
 */
import { ownTicks } from '../kernel/ticks';
import type { World } from '../kernel/world';
import type { Connection } from '../protocol/bus-state';
import type { ClusterNode } from '../protocol/cluster-state';
import type { NodeName } from '../protocol/ids';
import type { NodeSnapshot } from '../protocol/node.machine';
import { sameSlots } from '../protocol/slot-ranges';
import { GossipBook, packQueue, unpackQueue, type PackedQueue } from './packed-queue';
import { packRows, unpackRows, type PackedRows, type Packing } from './packed-rows';

export interface PackedWorld {
  readonly rest: World;
  readonly nodes: ReadonlyMap<NodeName, PackedNode>;
  readonly connections: PackedRows<Connection>;
  readonly future: PackedQueue;
}

interface PackedNode {
  readonly snapshot: NodeSnapshot;
  readonly table: PackedRows<ClusterNode>;
  /** The table of nodes.conf, which holds on to entries of long ago. */
  readonly saved: PackedRows<ClusterNode>;
}

/** A world that was put away, and the same as it is. */
export interface Earlier {
  readonly packed: PackedWorld;
  readonly world: World;
}

/** Puts a world away; it shares what it can with an earlier one. */
export function packWorld(world: World, earlier: Earlier | null): PackedWorld {
  const nodes = new Map<NodeName, PackedNode>();
  for (const [name, snapshot] of world.nodes) {
    nodes.set(name, packNode(snapshot, world.nowMs, name, earlier));
  }
  const { context } = world.bus;
  const connections = packRows(
    connectionsOf(world),
    world.nowMs,
    earlier && { packed: earlier.packed.connections, rows: connectionsOf(earlier.world) },
    CONNECTIONS,
  );
  const bus = { ...world.bus, context: { ...context, connections: context.connections.clear() } };
  const future = packQueue(world.queue, earlier?.packed.future.book ?? new GossipBook());
  const ticks = ownTicks(world.ticks);
  const rest = { ...world, queue: null, ticks, nodes: world.nodes.clear(), bus };
  return { rest, nodes, connections, future };
}

const connectionsOf = ({ bus }: World): Connection[] => [...bus.context.connections.values()];

function packNode(
  snapshot: NodeSnapshot,
  nowMs: number,
  name: NodeName,
  earlier: Earlier | null,
): PackedNode {
  const { context } = snapshot;
  const before = earlier?.packed.nodes.get(name);
  const was = earlier?.world.nodes.get(name);
  if (before && was === snapshot) return before;
  const table = packRows(
    context.nodes,
    nowMs,
    before && was ? { packed: before.table, rows: was.context.nodes } : null,
    ENTRIES,
  );
  const saved = packRows(
    context.saved.nodes,
    nowMs,
    before && was ? { packed: before.saved, rows: was.context.saved.nodes } : null,
    ENTRIES,
  );
  const rest = { ...context, nodes: [], saved: { ...context.saved, nodes: [] } };
  return { snapshot: { ...snapshot, context: rest }, table, saved };
}

/** The world that was put away. */
export function unpackWorld({ rest, nodes, connections, future }: PackedWorld): World {
  const snapshots = rest.nodes.withMutations((map) => {
    for (const [name, { snapshot, table, saved }] of nodes) {
      const context = {
        ...snapshot.context,
        nodes: unpackRows(table, ENTRIES),
        saved: { ...snapshot.context.saved, nodes: unpackRows(saved, ENTRIES) },
      };
      map.set(name, { ...snapshot, context });
    }
  });
  const byId = rest.bus.context.connections.withMutations((map) => {
    for (const one of unpackRows(connections, CONNECTIONS)) map.set(one.id, one);
  });
  const bus = { ...rest.bus, context: { ...rest.bus.context, connections: byId } };
  const ticks = ownTicks(rest.ticks);
  return { ...rest, queue: unpackQueue(future), ticks, nodes: snapshots, bus };
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || a.length + b.length === 0;

/** Everything of an entry but its times; `packed-world.test.ts` knows if a field is forgotten. */
export const ENTRIES: Packing<ClusterNode> = {
  times: ['pingSentMs', 'pongReceivedMs', 'dataReceivedMs'],
  count: 'offsetBytes',
  isSame: (a, b) =>
    a.id === b.id &&
    a.createdMs === b.createdMs &&
    a.flags === b.flags &&
    a.configEpoch === b.configEpoch &&
    (a.slots === b.slots || sameSlots(a.slots, b.slots)) &&
    a.masterId === b.masterId &&
    a.replicaOrder === b.replicaOrder &&
    a.failMs === b.failMs &&
    a.votedMs === b.votedMs &&
    a.ip === b.ip &&
    a.port === b.port &&
    a.busPort === b.busPort &&
    a.hostname === b.hostname &&
    a.orphanedMs === b.orphanedMs &&
    a.link === b.link &&
    a.inbound === b.inbound &&
    sameList(a.failReports, b.failReports),
};

/** The same for a connection. */
export const CONNECTIONS: Packing<Connection> = {
  times: ['lastToAcceptorMs', 'lastToDialerMs', 'ackedAtMs', 'joinableMs'],
  count: null,
  isSame: (a, b) =>
    a.id === b.id &&
    a.channel === b.channel &&
    a.dialer === b.dialer &&
    a.acceptor === b.acceptor &&
    a.phase === b.phase &&
    a.blocked === b.blocked &&
    a.lostFrame === b.lostFrame &&
    a.closedBy === b.closedBy &&
    sameList(a.pending, b.pending),
};
