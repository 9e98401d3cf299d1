/**
 * One node's belief about the whole cluster: the context of its machine. Plain, readonly,
 * JSON-safe. Times are virtual milliseconds; 0 means never, as in Redis.
 * Source: clusterState, clusterNode and clusterLink, src/cluster.h; replication fields of server.h.
 */
import type { NodeConfig } from './config';
import type { ConnectionId } from './effects';
import type { FailoverState, ManualFailoverState } from './failover-state';
import { FAIL, HANDSHAKE, MASTER, NOADDR, PFAIL, REPLICA } from './flags';
import type { Epoch, NodeId, NodeName, Slot } from './ids';
import type { Keyspace } from './keyspace';
import type { MigrateSocket, Migration } from './slots/migration';
import type { MessageType } from './notes';
import type { Vitals } from './vitals';
import type { ReplicationState } from './replication-state';
import type { SendBuffer } from './messages/send-buffer';
import type { Session, WaitingCommand } from './sessions';
import { NO_SLOTS, hasSlot, slotCount, type SlotRanges } from './slot-ranges';

export interface FailReport {
  readonly by: NodeId;
  readonly atMs: number;
}

/** My outgoing connection to a node. */
export interface OutboundLink {
  readonly connection: ConnectionId;
  readonly createdMs: number;
  readonly connected: boolean;
  /** Written before the connection was up. */
  readonly buffer: SendBuffer;
}

/** A connection that another node opened to me. */
export interface InboundLink {
  readonly connection: ConnectionId;
  readonly createdMs: number;
}

/** One entry of the table, without its vital signs, which every message changes: `vitals.ts`. */
export interface ClusterNode {
  readonly id: NodeId;
  readonly createdMs: number;
  readonly flags: number;
  readonly configEpoch: Epoch;
  readonly slots: SlotRanges;
  /** `slaveof`; null for a master, or while the master is unknown. */
  readonly masterId: NodeId | null;
  /** Its place among the replicas of its master: later comers have greater numbers. */
  readonly replicaOrder: number;
  readonly failMs: number;
  readonly votedMs: number;
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
  /** Learnt from a ping extension; empty: none. */
  readonly hostname: string;
  /** Since when this master has no working replica; 0 while it has. */
  readonly orphanedMs: number;
  readonly link: OutboundLink | null;
  /** The connection it opened to me. */
  readonly inbound: InboundLink | null;
  readonly failReports: readonly FailReport[];
}

export type { ReplicationState } from './replication-state';

/** nodes.conf: what survives a restart. */
export interface SavedConfig {
  readonly nodes: readonly ClusterNode[];
  readonly vitals: Vitals;
  readonly currentEpoch: Epoch;
  readonly lastVoteEpoch: Epoch;
  readonly migratingTo: Readonly<Record<Slot, NodeId>>;
  readonly importingFrom: Readonly<Record<Slot, NodeId>>;
}

export interface ClusterState {
  readonly name: NodeName;
  readonly port: number;
  readonly busPort: number;
  readonly seed: number;
  readonly config: NodeConfig;
  /** redis.conf: what a restart begins with. CONFIG REWRITE writes it. */
  readonly configFile: NodeConfig;
  readonly myId: NodeId;
  /** Insertion order stands in for the order of Redis's hash table. */
  readonly nodes: readonly ClusterNode[];
  /** When each of them was pinged and heard, by its place in `nodes`. */
  readonly vitals: Vitals;
  readonly currentEpoch: Epoch;
  readonly lastVoteEpoch: Epoch;
  readonly state: 'ok' | 'fail';
  /** Masters with slots, failed ones included; cached, as in Redis. */
  readonly size: number;
  /** Redis: owner_not_claiming_slot. */
  readonly notClaiming: SlotRanges;
  readonly migratingTo: Readonly<Record<Slot, NodeId>>;
  readonly importingFrom: Readonly<Record<Slot, NodeId>>;
  /** Node id to the virtual time its ban ends. */
  readonly blacklist: Readonly<Record<NodeId, number>>;
  readonly failover: FailoverState;
  readonly manualFailover: ManualFailoverState;
  /** Writes wait until then; 0: they do not. Redis: client_pause_end_time. */
  readonly pausedUntilMs: number;
  /** In the order in which they came. */
  readonly waiting: readonly WaitingCommand[];
  /** PFAIL nodes counted by the last tick; gossip lags it by up to 100 ms. */
  readonly pfailNodes: number;
  readonly minorityMs: number;
  /** Redis: first_call_time of clusterUpdateState; null before the first call of this process. */
  readonly firstUpdateMs: number | null;
  readonly cronIteration: number;
  /**
   * Not of Redis: a tick before this time finds nothing to do with another node. 0: the next one
   * may. See `quiet-ticks.ts`.
   */
  readonly quietUntilMs: number;
  /** The same for each block of the table; nothing while it is 0. */
  readonly quietBlocksMs: readonly number[];
  readonly nextConnection: number;
  readonly nextHandshake: number;
  /** The next ClusterNode.replicaOrder. */
  readonly nextReplica: number;
  /** Inbound bus connections whose node is not known yet. */
  readonly strangers: readonly InboundLink[];
  readonly todo: Todo;
  readonly replication: ReplicationState;
  readonly keys: Keyspace;
  /** Deleted without a word: the append-only file still has them, and so will a restart. */
  readonly onlyInFile: Keyspace;
  /** A MIGRATE that blocks this process; null: none. */
  readonly migration: Migration | null;
  /** By `host:port`. Redis: migrate_cached_sockets. */
  readonly migrateSockets: Readonly<Record<string, MigrateSocket>>;
  /** By client; a client without anything to remember has no entry. */
  readonly sessions: Readonly<Record<string, Session>>;
  readonly saved: SavedConfig;
  readonly sentCounts: MessageCounts;
  readonly receivedCounts: MessageCounts;
  /** Links freed because of cluster-link-sendbuf-limit. */
  readonly linksOverLimit: number;
}

/** How many messages of each type. */
export type MessageCounts = { readonly [type in MessageType]?: number | undefined };

/** Redis: todo_before_sleep. */
export interface Todo {
  readonly handleFailover: boolean;
  readonly handleManualFailover: boolean;
  readonly updateState: boolean;
  readonly saveConfig: boolean;
}

export const NOTHING_TO_DO: Todo = {
  handleFailover: false,
  handleManualFailover: false,
  updateState: false,
  saveConfig: false,
};

/** A new table entry. Source: createClusterNode. */
export function blankNode(entry: {
  readonly id: NodeId;
  readonly flags: number;
  readonly createdMs: number;
  readonly port: number;
  readonly busPort: number;
  readonly ip?: string;
}): ClusterNode {
  return {
    id: entry.id,
    createdMs: entry.createdMs,
    flags: entry.flags,
    configEpoch: 0,
    slots: NO_SLOTS,
    masterId: null,
    replicaOrder: 0,
    failMs: 0,
    votedMs: 0,
    ip: entry.ip ?? '',
    port: entry.port,
    busPort: entry.busPort,
    hostname: '',
    orphanedMs: 0,
    link: null,
    inbound: null,
    failReports: [],
  };
}

/** The entry about `id`, or null. Source: clusterLookupNode. */
export function lookupNode(state: Pick<ClusterState, 'nodes'>, id: NodeId): ClusterNode | null {
  for (const node of state.nodes) if (node.id === id) return node;
  return null;
}

/** This node's entry about itself. */
export function myself(state: Pick<ClusterState, 'nodes' | 'myId'>): ClusterNode {
  const me = lookupNode(state, state.myId);
  if (!me) throw new Error(`node ${state.myId} lost its own table entry`);
  return me;
}

/** Who owns `slot` in this table, or null. */
export function slotOwner(state: Pick<ClusterState, 'nodes'>, slot: Slot): ClusterNode | null {
  for (const node of state.nodes) if (hasSlot(node.slots, slot)) return node;
  return null;
}

/** The replicas of a master, in the order in which they came to it. Redis: slaves[]. */
export function replicasOf(state: Pick<ClusterState, 'nodes'>, masterId: NodeId): ClusterNode[] {
  const replicas = state.nodes.filter((node) => node.masterId === masterId);
  return replicas.sort((a, b) => a.replicaOrder - b.replicaOrder);
}

/** What people call a table entry: its port; a handshake of unknown port keeps its id. */
export function nameOf(node: ClusterNode | null): NodeName {
  return node ? (node.port ? String(node.port) : node.id.slice(0, 8)) : '?';
}

export const isMaster = (node: ClusterNode): boolean => (node.flags & MASTER) !== 0;
export const isReplica = (node: ClusterNode): boolean => (node.flags & REPLICA) !== 0;
export const hasTimedOut = (node: ClusterNode): boolean => (node.flags & PFAIL) !== 0;
export const hasFailed = (node: ClusterNode): boolean => (node.flags & FAIL) !== 0;
export const isInHandshake = (node: ClusterNode): boolean => (node.flags & HANDSHAKE) !== 0;
export const hasNoAddress = (node: ClusterNode): boolean => (node.flags & NOADDR) !== 0;
export const hasSlots = (node: ClusterNode): boolean => node.slots.length > 0;

/** Votes needed for FAIL and for an election: a majority of masters with slots. */
export function neededQuorum(state: Pick<ClusterState, 'size'>): number {
  return Math.floor(state.size / 2) + 1;
}

/**
 * How many slots have an owner who is neither FAIL nor PFAIL. Source: CLUSTER INFO,
 * cluster_slots_ok.
 */
export function slotsServed(state: Pick<ClusterState, 'nodes'>): number {
  let count = 0;
  for (const node of state.nodes) {
    if (!(node.flags & (FAIL | PFAIL))) count += slotCount(node.slots);
  }
  return count;
}
