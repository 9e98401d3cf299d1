/**
 * World to ClusterFrame: the plain picture of one instant that drawing sees.
 */
import type { Envelope } from '../protocol/bus-state';
import { subjectOf } from '../protocol/effects';
import { replyExchange } from '../protocol/client.machine';
import type { ClientExchange, ClientState } from '../protocol/client-state';
import type {
  ClusterFrame,
  FrameClient,
  FrameExchange,
  FrameFault,
  FrameMessage,
  FrameNode,
  FrameOpenSlot,
  FrameRow,
  NodeView,
} from '../protocol/cluster-frame';
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
import { FAIL, PFAIL, flagNames } from '../protocol/flags';
import type { NodeId, NodeName } from '../protocol/ids';
import { keysInSlot } from '../protocol/keyspace';
import {
  failoverPhase,
  handoverPhase,
  processOf,
  type NodeSnapshot,
} from '../protocol/node.machine';
import { slotsOf } from '../protocol/slot-ranges';
import { eachQueued } from './event-queue';
import { FIRST_PORT, createdCount, nodeNames, type Scene } from './scene';
import type { World } from './world';

/** The picture of a world, at the time of its last event. */
export function frameOfWorld(world: World): ClusterFrame {
  const names = nodeNames(world.scene);
  const nameById = new Map(names.map((name) => [world.nodes.get(name)!.context.myId, name]));
  return {
    atMs: world.nowMs,
    nodeTimeoutMs: world.scene.nodeTimeoutMs,
    nodes: names.map((name) => nodeOf(world, name)),
    messages: messagesOf(world, nameById),
    faults: faultsOf(world),
    clients: Object.values(world.clients).map(({ context }) => clientOf(world, context)),
    elections: world.elections,
  };
}

/** The shard a node starts in: 0 for the first master and its replicas. */
export function shardOf(scene: Scene, name: NodeName): number {
  const index = Number(name) - FIRST_PORT;
  if (index < scene.masters) return index;
  const spare = index - createdCount(scene);
  if (spare >= 0) return scene.masters + spare;
  return Math.floor((index - scene.masters) / scene.replicasPerMaster);
}

function nodeOf(world: World, name: NodeName): FrameNode {
  const snapshot = world.nodes.get(name)!;
  const state = snapshot.context;
  return {
    name,
    id: state.myId,
    ip: '127.0.0.1',
    port: state.port,
    busPort: state.busPort,
    shard: shardOf(world.scene, name),
    process: processOf(snapshot),
    processSinceMs: world.processSinceMs[name]!,
    view: viewOf(snapshot),
  };
}

/** A snapshot never changes, so its picture is made once. */
const views = new WeakMap<NodeSnapshot, NodeView>();

function viewOf(snapshot: NodeSnapshot): NodeView {
  const known = views.get(snapshot);
  if (known) return known;
  const { context } = snapshot;
  const view = drawView(context, failoverPhase(snapshot), handoverPhase(snapshot));
  views.set(snapshot, view);
  return view;
}

function drawView(
  state: ClusterState,
  phase: NodeView['failover']['phase'],
  handover: NodeView['handover'],
): NodeView {
  const me = myself(state);
  const master = me.masterId ? lookupNode(state, me.masterId) : null;
  const { failover, replication } = state;
  return {
    role: isReplica(me) ? 'replica' : 'master',
    master: master ? nameOf(master) : null,
    clusterState: state.state,
    size: state.size,
    slotsServed: slotsServed(state),
    currentEpoch: state.currentEpoch,
    configEpoch: (master ?? me).configEpoch,
    lastVoteEpoch: state.lastVoteEpoch,
    offsetBytes: replication.offsetBytes,
    replication: {
      link: isReplica(me) ? replication.link : 'none',
      sinceMs: replication.linkSinceMs,
      id: replication.id,
      lastSync: replication.lastSync,
    },
    failover: {
      phase,
      epoch: failover.epoch,
      rank: failover.rank,
      dueAtMs: Math.max(0, failover.authTimeMs),
      delayMs: failover.delayMs,
      voteCount: failover.voteCount,
    },
    handover,
    openSlots: openSlotsOf(state),
    migration: migrationOf(state),
    keyCount: state.keys.count,
    rows: [...state.nodes].sort(byPort).map((node) => rowOf(state, node)),
  };
}

function openSlotsOf(state: ClusterState): FrameOpenSlot[] {
  const marked = (mark: FrameOpenSlot['mark'], marks: Readonly<Record<number, NodeId>>) =>
    Object.entries(marks).map(([text, id]) => {
      const slot = Number(text);
      const keyCount = keysInSlot(state.keys, slot).length;
      return { slot, mark, peer: nameOf(lookupNode(state, id)), keyCount };
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

function rowOf(state: ClusterState, node: ClusterNode): FrameRow {
  const master = node.masterId ? lookupNode(state, node.masterId) : null;
  const validMs = state.config.nodeTimeoutMs * FAIL_REPORT_VALIDITY_MULT;
  return {
    // Others are named by the port they announce; of itself a node knows better.
    name: node.id === state.myId ? state.name : nameOf(node),
    id: node.id,
    flags: flagNames(node.flags),
    master: master ? nameOf(master) : null,
    pingSentMs: node.pingSentMs,
    pongReceivedMs: node.pongReceivedMs,
    configEpoch: (isReplica(node) && master ? master : node).configEpoch,
    linkConnected: node.id === state.myId || node.link !== null,
    slots: node.slots,
    offsetBytes: node.id === state.myId ? state.replication.offsetBytes : node.offsetBytes,
    failSinceMs: node.failMs,
    failReports: node.failReports.map(({ by, atMs }) => ({
      by: nameOf(lookupNode(state, by)),
      atMs,
      expiresAtMs: atMs + validMs,
    })),
  };
}

type NameById = ReadonlyMap<NodeId, NodeName>;

function messagesOf(world: World, nameById: NameById): FrameMessage[] {
  const { heldBack, lost, unread, cut } = world.bus.context;
  const messages: FrameMessage[] = [];
  const add = (envelope: Envelope, fate: FrameMessage['fate']): void => {
    const message = messageOf(envelope, fate, nameById);
    if (message) messages.push(message);
  };
  for (const { what } of eachQueued(world.queue)) {
    if (what.target !== 'bus' || what.event.type !== 'ARRIVE') continue;
    const { arrival } = what.event;
    if (arrival.type !== 'envelope') continue;
    const isCut = cut.includes(`${arrival.envelope.from}>${arrival.envelope.to}`);
    add(arrival.envelope, isCut ? 'lost' : 'flying');
  }
  for (const envelope of heldBack) add(envelope, 'held');
  for (const envelope of lost) add(envelope, 'lost');
  for (const waiting of Object.values(unread)) {
    for (const arrival of waiting) if (arrival.type === 'envelope') add(arrival.envelope, 'unread');
  }
  return messages.sort((a, b) => a.id - b.id);
}

function messageOf(
  { id, from, to, payload, sentAtMs, deliverAtMs }: Envelope,
  fate: FrameMessage['fate'],
  nameById: NameById,
): FrameMessage | null {
  if (payload.channel !== 'bus') return null;
  const { message } = payload;
  const about = subjectOf(message);
  return {
    id,
    type: message.type,
    from,
    to,
    sentAtMs,
    deliverAtMs,
    fate,
    about: about ? (nameById.get(about) ?? null) : null,
    epoch: message.currentEpoch,
    rumours: rumoursOf(message, nameById),
  };
}

/** The suspicions a PING, PONG or MEET carries as gossip. */
export function rumoursOf(
  message: Extract<Envelope['payload'], { channel: 'bus' }>['message'],
  nameById: NameById,
): FrameMessage['rumours'] {
  if (message.type !== 'PING' && message.type !== 'PONG' && message.type !== 'MEET') return [];
  return message.gossip
    .filter((entry) => entry.flags & (FAIL | PFAIL))
    .map((entry) => ({
      about: nameById.get(entry.id) ?? String(entry.port),
      flag: entry.flags & FAIL ? ('fail' as const) : ('pfail' as const),
    }));
}

function faultsOf(world: World): FrameFault[] {
  const { cut, held, slow, drops } = world.bus.context;
  const fault = (type: FrameFault['type'], path: string, addMs = 0): FrameFault => {
    const [from, to] = path.split('>') as [NodeName, NodeName];
    return { type, from, to, addMs };
  };
  return [
    ...cut.map((path) => fault('cut', path)),
    ...held.map((path) => fault('hold', path)),
    ...Object.entries(slow).map(([path, addMs]) => fault('delay', path, addMs)),
    ...Object.keys(drops).map((path) => fault('drop', path)),
  ];
}

function clientOf(world: World, client: ClientState): FrameClient {
  return {
    name: client.name,
    connectedTo: client.connectedTo,
    follows: client.follows,
    redirects: client.redirects,
    slotMap: client.slotMap.map(({ slot, node, learntAtMs }) => ({
      slots: slotsOf([slot]),
      node,
      learntAtMs,
    })),
    exchanges: exchangesOf(world, client),
  };
}

/** What was said, and what is on its way between this client and a node, oldest first. */
function exchangesOf(world: World, client: ClientState): FrameExchange[] {
  const onTheWay = clientTraffic(world, client.name);
  return [...client.exchanges, ...onTheWay.replies].map((exchange) => {
    const { deliveredAtMs, ...rest } = exchange;
    const arrivalMs = onTheWay.commandArrivals.get(exchange.id / 2) ?? exchange.sentAtMs;
    return { ...rest, deliverAtMs: deliveredAtMs || arrivalMs };
  });
}

interface ClientTraffic {
  /** By the number of the command. */
  readonly commandArrivals: ReadonlyMap<number, number>;
  readonly replies: readonly ClientExchange[];
}

function clientTraffic(world: World, client: string): ClientTraffic {
  const commandArrivals = new Map<number, number>();
  const replies: ClientExchange[] = [];
  for (const { what, atMs } of eachQueued(world.queue)) {
    if (what.target === 'client' && what.client === client && what.event.type === 'REPLY') {
      replies.push(replyExchange(what.event));
    }
    if (what.target !== 'bus' || what.event.type !== 'ARRIVE') continue;
    const { arrival } = what.event;
    if (arrival.type === 'command' && arrival.command.client === client) {
      commandArrivals.set(arrival.command.id, atMs);
    }
  }
  return { commandArrivals, replies: replies.sort((a, b) => a.id - b.id) };
}
