/**
 * The life of bus connections as one node sees it: one outgoing link per peer, one it opened to us.
 * Source: createClusterLink, freeClusterLink, clusterLinkConnectHandler,
 * setClusterNodeToInboundClusterLink, clusterAcceptHandler, clusterReadHandler,
 * freeClusterLinkOnBufferLimitReached, src/cluster.c.
 */
import type { ClusterNode, InboundLink } from '../cluster-state';
import type { ConnectionId } from '../effects';
import { MEET } from '../flags';
import type { NodeId } from '../ids';
import { PEER_IP, isIpAddress } from '../ip-address';
import { sendOwnPing } from './send';
import { EMPTY_BUFFER } from './send-buffer';
import type { Turn } from '../turn';

/** The ports an operating system gives to the dialling end: ip_local_port_range of Linux. */
const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_232;

/**
 * The node at the other end of our own link `connection`, or null. Most often it is the one that a
 * message says it comes from, `guess`.
 */
export function outboundPeer(
  turn: Turn,
  connection: ConnectionId,
  guess?: NodeId,
): ClusterNode | null {
  const guessed = guess === undefined ? null : turn.node(guess);
  if (guessed?.link?.connection === connection) return guessed;
  // No connection is both: it was dialled by one of two.
  if (guessed?.inbound?.connection === connection) return null;
  return dialledOn(turn, connection);
}

/** The node known to have opened `connection` to us, or null. */
export function inboundPeer(
  turn: Turn,
  connection: ConnectionId,
  guess?: NodeId,
): ClusterNode | null {
  const guessed = guess === undefined ? null : turn.node(guess);
  if (guessed?.inbound?.connection === connection) return guessed;
  return dialledUsOn(turn, connection);
}

const dialledOn = ({ state }: Turn, connection: ConnectionId): ClusterNode | null =>
  state.nodes.find((node) => node.link?.connection === connection) ?? null;

const dialledUsOn = ({ state }: Turn, connection: ConnectionId): ClusterNode | null =>
  state.nodes.find((node) => node.inbound?.connection === connection) ?? null;

/** Starts to dial a node; the link exists from now on, and what is sent on it is queued. */
export function dialNode(turn: Turn, id: NodeId): void {
  const { state } = turn;
  const node = turn.edit(id);
  if (!isIpAddress(node.ip)) return failToDial(turn, id);
  const connection = `${state.name}#${state.nextConnection++}`;
  node.link = { connection, createdMs: turn.nowMs, connected: false, buffer: EMPTY_BUFFER };
  const to = dialledPlace(turn, node.ip, node.busPort);
  turn.ask({ type: 'connect', connection, ...to, channel: 'bus' });
}

/**
 * What is dialled. Simplified: unless the scene has a network, nobody listens at any other address,
 * and the refusal comes at once.
 */
export function dialledPlace(turn: Turn, ip: string, port: number): { port: number; ip?: string } {
  if (ip === PEER_IP) return { port };
  return turn.state.config.interfaceIp ? { port, ip } : { port: 0 };
}

/**
 * The address is none: no attempt is made. The clock of a ping runs all the same, or nobody would
 * ever suspect this node.
 */
function failToDial(turn: Turn, id: NodeId): void {
  const node = turn.node(id)!;
  if (turn.vitals(id).pingSentMs === 0) turn.setVitals(id, { pingSentMs: turn.nowMs });
  // The reason is what is left of an earlier error: connecting itself leaves none.
  const reason = 'accept: Resource temporarily unavailable';
  turn.log('debug', `Unable to connect to Cluster Node [${node.ip}]:${node.busPort} -> ${reason}`);
}

/**
 * Frees links on which more is waiting than cluster-link-sendbuf-limit allows.
 * Simplified: what is written to a link that is up leaves at once, so that only the queue of a link
 * still connecting counts.
 */
export function freeLinkOverLimit(turn: Turn, id: NodeId): void {
  const limitBytes = turn.state.config.linkSendbufLimitBytes;
  const usedBytes = turn.node(id)?.link?.buffer.allocatedBytes ?? 0;
  if (limitBytes === 0 || usedBytes <= limitBytes) return;
  turn.log(
    'warning',
    `Freeing cluster link(to node ${id}, used memory: ${usedBytes}) due to exceeding send buffer ` +
      'memory limit.',
  );
  dropLink(turn, id);
  turn.state.linksOverLimit++;
}

/** Frees our link to a node; the next tick dials again. */
export function dropLink(turn: Turn, id: NodeId): void {
  const node = turn.edit(id);
  if (!node.link) return;
  turn.ask({ type: 'close', connection: node.link.connection });
  node.link = null;
}

/** The link is up: a PING at once, or a MEET to a node we were told to meet. */
export function linkConnected(turn: Turn, connection: ConnectionId): void {
  const peer = outboundPeer(turn, connection);
  if (!peer) return;
  const node = turn.edit(peer.id);
  const { createdMs } = peer.link!;
  node.link = { connection, createdMs, connected: true, buffer: EMPTY_BUFFER };
  const { pingSentMs: pendingPingMs } = turn.vitals(peer.id);
  const isGreeted = sendOwnPing(turn, node.id, node.flags & MEET ? 'MEET' : 'PING');
  if (!isGreeted) turn.log('notice', `Connected with Node ${node.id}; automatic PINGs are off`);
  // A ping that was pending before the link broke keeps its age: flapping does not buy time.
  if (pendingPingMs) turn.setVitals(peer.id, { pingSentMs: pendingPingMs });
  node.flags &= ~MEET;
  turn.log('debug', `Connecting with Node ${node.id} at ${node.ip}:${node.busPort}`);
}

/** A bus connection is gone, or was refused. */
export function linkClosed(turn: Turn, connection: ConnectionId, refused: boolean): void {
  const { state } = turn;
  const peer = outboundPeer(turn, connection);
  if (peer) {
    turn.edit(peer.id).link = null;
    const address = `${peer.ip}:${peer.busPort}`;
    if (refused) {
      turn.log(
        'verbose',
        `Connection with Node ${peer.id} at ${address} failed: Connection refused`,
      );
    } else logEndOfLink(turn);
    return;
  }
  if (isInbound(turn, connection)) logEndOfLink(turn);
  const dialer = inboundPeer(turn, connection);
  if (dialer) turn.edit(dialer.id).inbound = null;
  else state.strangers = state.strangers.filter((stranger) => stranger.connection !== connection);
}

const isInbound = (turn: Turn, connection: ConnectionId): boolean =>
  inboundPeer(turn, connection) !== null ||
  turn.state.strangers.some((stranger) => stranger.connection === connection);

const logEndOfLink = (turn: Turn): void =>
  turn.log('debug', 'I/O error reading from node link: connection closed');

/**
 * Someone dialled us; who it is shows in its first message.
 * Simplified: data loads at once, so that no connection has to wait until a master has loaded its.
 */
export function linkAccepted(turn: Turn, connection: ConnectionId): void {
  const [dialer, number] = connection.split('#').map(Number);
  const port = FIRST_EPHEMERAL_PORT + (((dialer ?? 0) * 7 + (number ?? 0)) % EPHEMERAL_PORTS);
  turn.log('verbose', `Accepting cluster node connection from ${turn.peerIp}:${port}`);
  const link = { connection, createdMs: turn.nowMs };
  turn.state.strangers = [...turn.state.strangers, link];
}

/** The stranger on `connection` turned out to be a node we know. A newer link replaces an older. */
export function bindInbound(turn: Turn, id: NodeId, connection: ConnectionId): void {
  const { state } = turn;
  const node = turn.edit(id);
  if (node.inbound) {
    // Simplified: the number of a connection stands for its file descriptor.
    const [old, fd] = [node.inbound.connection, connection].map((one) => one.split('#')[1]);
    turn.log('debug', `Replacing inbound link fd ${old} from node ${id} with fd ${fd}`);
    turn.ask({ type: 'close', connection: node.inbound.connection });
  }
  const isIt = (stranger: InboundLink): boolean => stranger.connection === connection;
  node.inbound = state.strangers.find(isIt) ?? { connection, createdMs: turn.nowMs };
  state.strangers = state.strangers.filter((stranger) => !isIt(stranger));
}
