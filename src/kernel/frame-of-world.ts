/**
 * World to ClusterFrame: the plain picture of one instant that drawing sees.
 */
import { isOvertaken } from '../protocol/network/bus-one-message';
import type { BusState, Envelope } from '../protocol/bus-state';
import { subjectOf } from '../protocol/effects';
import { replyExchange } from '../protocol/network/client-exchange';
import type { ClientExchange, ClientState } from '../protocol/client-state';
import type {
  ClusterFrame,
  FrameClient,
  FrameExchange,
  FrameFault,
  FrameMessage,
  FrameNode,
  FrameStream,
} from '../protocol/cluster-frame';
import { FAIL, PFAIL } from '../protocol/flags';
import type { NodeName } from '../protocol/ids';
import { PEER_IP } from '../protocol/ip-address';
import type { WriteStream } from '../protocol/network/write-stream';
import { processOf } from '../protocol/node.machine';
import { lostWrites } from './acknowledged-writes';
import { namesById, viewOf, type NameById } from './node-view';
import { inShards } from './shard-hues';
import { createdCount, orderOf, type Scene } from './scene';
import type { World } from './world';

/** The picture of a world, at the time of its last event. */
export function frameOfWorld(world: World): ClusterFrame {
  const { names } = world;
  const nameById = namesById(world, names);
  return {
    atMs: world.nowMs,
    nodeTimeoutMs: world.scene.nodeTimeoutMs,
    nodes: inShards(
      names.map((name) => nodeOf(world, name, nameById)),
      world.scene.masters,
    ),
    messages: messagesOf(world, nameById),
    faults: faultsOf(world),
    clients: Object.values(world.clients).map(({ context }) => clientOf(world, context)),
    elections: world.elections,
    writes: lostWrites(world),
  };
}

/** The shard a node starts in: 0 for the first master and its replicas. */
export function shardOf(scene: Scene, name: NodeName): number {
  const index = orderOf(scene, name);
  if (index < scene.masters) return index;
  const spare = index - createdCount(scene);
  if (spare >= 0) return scene.masters + spare;
  return Math.floor((index - scene.masters) / scene.replicasPerMaster);
}

function nodeOf(world: World, name: NodeName, nameById: NameById): FrameNode {
  const snapshot = world.nodes.get(name)!;
  const state = snapshot.context;
  return {
    name,
    id: state.myId,
    ip: state.config.interfaceIp ?? PEER_IP,
    port: state.port,
    busPort: state.busPort,
    shard: shardOf(world.scene, name),
    process: processOf(snapshot),
    processSinceMs: world.processSinceMs[name]!,
    view: viewOf(snapshot, nameById),
  };
}

function messagesOf(world: World, nameById: NameById): FrameMessage[] {
  const bus = world.bus.context;
  const { heldBack, lost, unread } = bus;
  const messages: FrameMessage[] = [];
  // Mostly there are none: then nothing has to be asked of each of a thousand messages.
  const hasFaults = !isEmpty(bus.cut) || !isEmpty(bus.marks);
  const add = (envelope: Envelope, fate: FrameMessage['fate']): void => {
    const message = messageOf(envelope, fate, nameById);
    if (message) messages.push(message);
  };
  for (const { what } of world.queue.all()) {
    if (what.target !== 'bus' || what.event.type !== 'ARRIVE') continue;
    const { arrival } = what.event;
    if (arrival.type !== 'envelope') continue;
    const { envelope } = arrival;
    if (isOvertaken(bus, envelope)) continue;
    add(envelope, hasFaults && willBeLost(bus, envelope) ? 'lost' : 'flying');
  }
  for (const envelope of heldBack) add(envelope, 'held');
  for (const envelope of lost) add(envelope, 'lost');
  for (const waiting of Object.values(unread)) {
    for (const arrival of waiting) if (arrival.type === 'envelope') add(arrival.envelope, 'unread');
  }
  return messages.sort((a, b) => a.id - b.id);
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

const willBeLost = ({ cut, marks }: BusState, { id, from, to }: Envelope): boolean =>
  `${from}>${to}` in cut || marks[id]?.deed === 'drop';

/** An envelope never changes, so its picture is made once for each fate and set of names. */
const pictures = new WeakMap<
  Envelope,
  { readonly nameById: NameById; readonly message: FrameMessage | null }
>();

function messageOf(
  envelope: Envelope,
  fate: FrameMessage['fate'],
  nameById: NameById,
): FrameMessage | null {
  const known = pictures.get(envelope);
  const isSame = known?.nameById === nameById && (known.message?.fate ?? fate) === fate;
  if (known && isSame) return known.message;
  const message = drawMessage(envelope, fate, nameById);
  pictures.set(envelope, { nameById, message });
  return message;
}

function drawMessage(
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
    return { type, from, to, addMs, sinceMs: cut[path] ?? 0 };
  };
  return [
    ...Object.keys(cut).map((path) => fault('cut', path)),
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
    stream: client.stream && streamOf(client.stream),
    slotMap: client.slotMap,
    exchanges: exchangesOf(world, client),
  };
}

function streamOf(stream: WriteStream): FrameStream {
  const { perSecond, untilMs, sent, acknowledged, refused, unanswered } = stream;
  return { perSecond, untilMs, sent, acknowledged, refused, unanswered };
}

/** What was said, and what is on its way between this client and a node, oldest first. */
function exchangesOf(world: World, client: ClientState): FrameExchange[] {
  const onTheWay = clientTraffic(world, client.name);
  const { failedDials } = onTheWay;
  const said = client.exchanges.filter(({ id }) => !failedDials.has(id / 2));
  return [...said, ...onTheWay.replies].map((exchange) => {
    const { deliveredAtMs, ...rest } = exchange;
    const arrivalMs = onTheWay.commandArrivals.get(exchange.id / 2) ?? exchange.sentAtMs;
    return { ...rest, deliverAtMs: deliveredAtMs || arrivalMs };
  });
}

const NO_CONNECTION = 'Could not connect';

interface ClientTraffic {
  /** By the number of the command. */
  readonly commandArrivals: ReadonlyMap<number, number>;
  readonly replies: readonly ClientExchange[];
  /** Commands that reach nobody, by their number: what the client will read comes from no node. */
  readonly failedDials: ReadonlySet<number>;
}

function clientTraffic(world: World, client: string): ClientTraffic {
  const commandArrivals = new Map<number, number>();
  const replies: ClientExchange[] = [];
  const failedDials = new Set<number>();
  for (const { what, atMs } of world.queue.all()) {
    if (what.target === 'client' && what.client === client && what.event.type === 'REPLY') {
      const reply = replyExchange(what.event);
      const isFailure = world.bus.context.network && reply.text.startsWith(NO_CONNECTION);
      if (isFailure) failedDials.add(what.event.command);
      else replies.push(reply);
    }
    if (what.target !== 'bus' || what.event.type !== 'ARRIVE') continue;
    const { arrival } = what.event;
    if (arrival.type === 'command' && arrival.command.client === client) {
      commandArrivals.set(arrival.command.id, atMs);
    }
  }
  return { commandArrivals, failedDials, replies: replies.sort((a, b) => a.id - b.id) };
}
