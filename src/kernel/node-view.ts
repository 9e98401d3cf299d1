/**
 * What one node believes, as pictures show it: names for ids, whatever address a node announces.
 */
import type { FrameOpenSlot, FrameRow, NodeView } from '../protocol/cluster-frame';
import {
  isReplica,
  lookupNode,
  myself,
  nameOf,
  slotsServed,
  type ClusterNode,
  type ClusterState,
} from '../protocol/cluster-state';
import { FAIL_REPORT_VALIDITY_MULT } from '../protocol/config';
import { flagNames } from '../protocol/flags';
import type { NodeId, NodeName } from '../protocol/ids';
import { keysInSlot } from '../protocol/keyspace';
import { indexOf } from '../protocol/places';
import { failoverPhase, handoverPhase, type NodeSnapshot } from '../protocol/node.machine';
import type { VitalSigns } from '../protocol/vitals';
import type { WholeEntry } from '../protocol/whole-entries';

export type NameById = ReadonlyMap<NodeId, NodeName>;

/** Nodes by their names, wherever they are kept. */
export interface NamedNodes {
  readonly nodes: { get(name: NodeName): NodeSnapshot | undefined };
}

let lastNames: { readonly key: string; readonly nameById: NameById } | null = null;

/**
 * Which process has which id, as nobody in the cluster knows for sure. One map serves until an id
 * changes, which only CLUSTER RESET HARD does. An id that two processes have names neither.
 */
export function namesById(world: NamedNodes, names: readonly NodeName[]): NameById {
  const ids = names.map((name) => world.nodes.get(name)!.context.myId);
  const key = ids.join();
  if (lastNames?.key !== key) {
    const isOwn = (id: NodeId): boolean => ids.indexOf(id) === ids.lastIndexOf(id);
    const own = ids.map((id, i) => [id, names[i]!] as const).filter(([id]) => isOwn(id));
    lastNames = { key, nameById: new Map(own) };
  }
  return lastNames.nameById;
}

/** A snapshot never changes, so its picture is made once for each set of names. */
const views = new WeakMap<NodeSnapshot, { readonly nameById: NameById; readonly view: NodeView }>();

/** What a node believes, with names for ids. */
export function viewOf(snapshot: NodeSnapshot, nameById: NameById): NodeView {
  const known = views.get(snapshot);
  if (known?.nameById === nameById) return known.view;
  const { context } = snapshot;
  const nameIt = namingBy(nameById);
  const phases = { failover: failoverPhase(snapshot), handover: handoverPhase(snapshot) };
  const view = drawView(context, phases, nameIt);
  views.set(snapshot, { nameById, view });
  return view;
}

type NameIt = (node: ClusterNode | null) => NodeName;

let lastNaming: { readonly nameById: NameById; readonly nameIt: NameIt } | null = null;

/** The same function as long as the names are the same. */
function namingBy(nameById: NameById): NameIt {
  if (lastNaming?.nameById !== nameById) {
    const nameIt: NameIt = (node) => (node && nameById.get(node.id)) ?? nameOf(node);
    lastNaming = { nameById, nameIt };
  }
  return lastNaming.nameIt;
}

function drawView(
  state: ClusterState,
  phases: {
    readonly failover: NodeView['failover']['phase'];
    readonly handover: NodeView['handover'];
  },
  nameIt: NameIt,
): NodeView {
  const me = myself(state);
  const master = me.masterId ? lookupNode(state, me.masterId) : null;
  const { failover, replication } = state;
  return {
    role: isReplica(me) ? 'replica' : 'master',
    master: master ? nameIt(master) : null,
    clusterState: state.state,
    size: state.size,
    slotsServed: servedIn(state),
    currentEpoch: state.currentEpoch,
    configEpoch: (master ?? me).configEpoch,
    lastVoteEpoch: state.lastVoteEpoch,
    nodeTimeoutMs: state.config.nodeTimeoutMs,
    offsetBytes: replication.offsetBytes,
    replication: {
      link: isReplica(me) ? replication.link : 'none',
      sinceMs: linkSinceMs(replication),
      id: replication.id,
      lastSync: replication.lastSync,
    },
    failover: {
      phase: phases.failover,
      epoch: failover.epoch,
      rank: failover.rank,
      dueAtMs: Math.max(0, failover.authTimeMs),
      delayMs: failover.delayMs,
      voteCount: failover.voteCount,
    },
    handover: phases.handover,
    openSlots: openSlotsOf(state, nameIt),
    migration: migrationOf(state),
    keyCount: state.keys.count,
    rows: rowsOf(state, nameIt),
  };
}

/** How many slots are served by the table that consists of these entries, which never change. */
const served = new WeakMap<ClusterState['nodes'], number>();

function servedIn({ nodes }: ClusterState): number {
  const count = served.get(nodes) ?? slotsServed({ nodes });
  served.set(nodes, count);
  return count;
}

function openSlotsOf(state: ClusterState, nameIt: NameIt): FrameOpenSlot[] {
  const marked = (mark: FrameOpenSlot['mark'], marks: Readonly<Record<number, NodeId>>) =>
    Object.entries(marks).map(([text, id]) => {
      const slot = Number(text);
      const keyCount = keysInSlot(state.keys, slot).length;
      return { slot, mark, peer: nameIt(lookupNode(state, id)), keyCount };
    });
  return [
    ...marked('migrating', state.migratingTo),
    ...marked('importing', state.importingFrom),
  ].sort((a, b) => a.slot - b.slot);
}

function migrationOf({ migration }: ClusterState): NodeView['migration'] {
  if (!migration) return null;
  const { port, keys, answered } = migration;
  return { to: port, keyCount: keys.length, answered };
}

const byPort = (a: ClusterNode, b: ClusterNode): number =>
  (a.port || Infinity) - (b.port || Infinity) || (a.id < b.id ? -1 : 1);

function rowsOf(state: ClusterState, nameIt: NameIt): FrameRow[] {
  return inOrder(state).map((place) => rowOf(state, place, nameIt));
}

/** Where each port stood in a node's table when it was last drawn: most often it still does. */
const places = new Map<NodeId, readonly number[]>();

function inOrder({ myId, nodes }: ClusterState): readonly number[] {
  const before = places.get(myId);
  const isBefore = (a: number, b: number): boolean => byPort(nodes[a]!, nodes[b]!) < 0;
  if (before?.length === nodes.length) {
    if (before.every((place, i) => i === 0 || isBefore(before[i - 1]!, place))) return before;
  }
  const order = nodes.map((_, i) => i).sort((a, b) => byPort(nodes[a]!, nodes[b]!));
  places.set(myId, order);
  return order;
}

interface KnownRow {
  readonly row: FrameRow;
  readonly master: ClusterNode | null;
  readonly nameIt: NameIt;
}

/** A row of others on whom nobody reported is made once for each state of it and of its master. */
const rows = new WeakMap<ClusterNode, KnownRow>();

function rowOf(state: ClusterState, place: number, nameIt: NameIt): FrameRow {
  const node = state.nodes[place]!;
  const vitals = state.vitals.at(place);
  const master = masterIn(state, node);
  const known = rows.get(node);
  if (known?.master === master && known.nameIt === nameIt && shows(known.row, vitals)) {
    return known.row;
  }
  const row = drawRow(state, { ...node, ...vitals }, master, nameIt);
  const isOwn = node.id === state.myId || node.failReports.length > 0;
  if (!isOwn) rows.set(node, { row, master, nameIt });
  return row;
}

const shows = (row: FrameRow, { pingSentMs, pongReceivedMs, offsetBytes }: VitalSigns): boolean =>
  row.pongReceivedMs === pongReceivedMs &&
  row.pingSentMs === pingSentMs &&
  row.offsetBytes === offsetBytes;

function masterIn({ myId, nodes }: ClusterState, { masterId }: ClusterNode): ClusterNode | null {
  return masterId ? (nodes[indexOf(myId).placeIn(nodes, masterId)] ?? null) : null;
}

const addressIn = ({ ip, port, busPort }: WholeEntry) => ({ ip, port, busPort });

function drawRow(
  state: ClusterState,
  node: WholeEntry,
  master: ClusterNode | null,
  nameIt: NameIt,
): FrameRow {
  const validMs = state.config.nodeTimeoutMs * FAIL_REPORT_VALIDITY_MULT;
  return {
    name: nameIt(node),
    id: node.id,
    flags: flagNames(node.flags),
    master: master ? nameIt(master) : null,
    pingSentMs: node.pingSentMs,
    pongReceivedMs: node.pongReceivedMs,
    configEpoch: (isReplica(node) && master ? master : node).configEpoch,
    linkConnected: node.id === state.myId || node.link !== null,
    ...(state.config.interfaceIp ? { address: addressIn(node) } : {}),
    slots: node.slots,
    offsetBytes: node.id === state.myId ? state.replication.offsetBytes : node.offsetBytes,
    failSinceMs: node.failMs,
    failReports: node.failReports.map(({ by, atMs }) => ({
      by: nameIt(lookupNode(state, by)),
      atMs,
      expiresAtMs: atMs + validMs,
    })),
  };
}

function linkSinceMs({ link, linkSinceMs, downSinceMs }: ClusterState['replication']): number {
  return link === 'down' && downSinceMs > 0 ? downSinceMs : linkSinceMs;
}
