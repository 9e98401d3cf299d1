/**
 * A world put away small. From one kept world to the next nearly every entry of every table and
 * nearly every connection has changed, but only in its times. What comes back is equal to what was
 * put in.
 */
import { ownTicks } from '../kernel/ticks';
import type { World } from '../kernel/world';
import type { Connection } from '../protocol/bus-state';
import type { ClusterNode } from '../protocol/cluster-state';
import { copyOfConnection, copyOfNode } from '../protocol/copies';
import { sameSlots } from '../protocol/slot-ranges';
import { GossipBook } from './gossip-book';
import { packNodes, unpackNodes, type PackedNodes } from './packed-nodes';
import { packQueue, unpackQueue, type PackedQueue } from './packed-queue';
import { packRows, unpackRows, type PackedRows, type Packing } from './packed-rows';

export interface PackedWorld {
  readonly rest: World;
  readonly nodes: PackedNodes;
  /** Of all nodes: their tables, then those of nodes.conf, which hold on to entries of long ago. */
  readonly tables: PackedRows<ClusterNode>;
  readonly connections: PackedRows<Connection>;
  readonly future: PackedQueue;
}

/** A world that was put away, and the rows of it as they are. */
export interface Earlier {
  readonly packed: PackedWorld;
  readonly nodes: World['nodes'];
  readonly tables: readonly (ClusterNode | null)[];
  readonly connections: readonly (Connection | null)[];
}

/** Puts a world away; it shares what it can with an earlier one. */
export function packWorld(world: World, earlier: Earlier | null): Earlier {
  const { nowMs } = world;
  const { context } = world.bus;
  const { packed: nodes, rows: tables } = packNodes(
    world.nodes,
    earlier && { packed: earlier.packed.nodes, nodes: earlier.nodes },
  );
  const connections = inTheirPlaces(context.connections, earlier?.connections ?? []);
  const bus = { ...world.bus, context: { ...context, connections: context.connections.clear() } };
  const packed = {
    rest: { ...world, queue: null, ticks: ownTicks(world.ticks), nodes: world.nodes.clear(), bus },
    nodes,
    tables: packRows(
      tables,
      nowMs,
      earlier && { packed: earlier.packed.tables, rows: earlier.tables },
      ENTRIES,
    ),
    connections: packRows(
      connections,
      nowMs,
      earlier && { packed: earlier.packed.connections, rows: earlier.connections },
      CONNECTIONS,
    ),
    future: packQueue(world.queue, nowMs, earlier?.packed.future.book ?? new GossipBook()),
  };
  return { packed, nodes: world.nodes, tables, connections };
}

/** Room for connections to come, as a share of those there are: not every new one moves the end. */
const ROOM = 0.5;

/** Each where it stood before; new ones take the places of those that are gone. */
function inTheirPlaces(
  connections: World['bus']['context']['connections'],
  before: readonly (Connection | null)[],
): (Connection | null)[] {
  const placed = before.map((one) => (one ? (connections.get(one.id) ?? null) : null));
  const known = new Set(before.map((one) => one?.id));
  let place = 0;
  for (const [id, one] of connections) {
    if (known.has(id)) continue;
    while (place < placed.length && placed[place] !== null) place++;
    placed[place] = one;
  }
  if (placed.length === before.length) return placed;
  const room = new Array<null>(Math.ceil(placed.length * ROOM)).fill(null);
  return [...placed, ...room];
}

/** The world that was put away. */
export function unpackWorld({ rest, nodes, tables, connections, future }: PackedWorld): World {
  const byId = rest.bus.context.connections.withMutations((map) => {
    for (const one of unpackRows(connections, CONNECTIONS)) if (one) map.set(one.id, one);
  });
  return {
    ...rest,
    queue: unpackQueue(future),
    ticks: ownTicks(rest.ticks),
    nodes: unpackNodes(nodes, unpackRows(tables, ENTRIES), rest.nodes),
    bus: { ...rest.bus, context: { ...rest.bus.context, connections: byId } },
  };
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
  withTimes: (row, timesMs, more) => {
    const copy = copyOfNode(row);
    copy.pingSentMs = timesMs[0]!;
    copy.pongReceivedMs = timesMs[1]!;
    copy.dataReceivedMs = timesMs[2]!;
    copy.offsetBytes += more;
    return copy;
  },
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
  withTimes: (row, timesMs) => {
    const copy = copyOfConnection(row);
    copy.lastToAcceptorMs = timesMs[0]!;
    copy.lastToDialerMs = timesMs[1]!;
    copy.ackedAtMs = timesMs[2]!;
    copy.joinableMs = timesMs[3]!;
    return copy;
  },
};
