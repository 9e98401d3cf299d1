/**
 * The life of bus connections as one node sees it: one outgoing link per peer, one it opened to us.
 * Source: createClusterLink, freeClusterLink, clusterLinkConnectHandler,
 * setClusterNodeToInboundClusterLink, clusterAcceptHandler, src/cluster.c.
 */
import type { ClusterNode, InboundLink } from './cluster-state';
import type { ConnectionId } from './effects';
import { MEET } from './flags';
import type { NodeId } from './ids';
import { sendPing } from './send';
import type { Turn } from './turn';

/** Nodes of this simulation all live on one host. */
export const PEER_IP = '127.0.0.1';

/** The node at the other end of our own link `connection`, or null. */
export function outboundPeer(turn: Turn, connection: ConnectionId): ClusterNode | null {
  return turn.state.nodes.find((node) => node.link?.connection === connection) ?? null;
}

/** The node known to have opened `connection` to us, or null. */
export function inboundPeer(turn: Turn, connection: ConnectionId): ClusterNode | null {
  return turn.state.nodes.find((node) => node.inbound?.connection === connection) ?? null;
}

/** Starts to dial a node; the link exists from now on, and what is sent on it is queued. */
export function dialNode(turn: Turn, id: NodeId): void {
  const { state } = turn;
  const connection = `${state.name}#${state.nextConnection++}`;
  const node = turn.edit(id);
  node.link = { connection, createdMs: turn.nowMs, connected: false, queuedBytes: 0 };
  // Simplified: at any other address nobody listens, and the refusal comes at once.
  const port = node.ip === PEER_IP ? node.busPort : 0;
  turn.effects.push({ type: 'connect', connection, port, channel: 'bus' });
}

/** Frees our link to a node; the next tick dials again. */
export function dropLink(turn: Turn, id: NodeId): void {
  const node = turn.edit(id);
  if (!node.link) return;
  turn.effects.push({ type: 'close', connection: node.link.connection });
  node.link = null;
}

/** The link is up: a PING at once, or a MEET to a node we were told to meet. */
export function linkConnected(turn: Turn, connection: ConnectionId): void {
  const peer = outboundPeer(turn, connection);
  if (!peer) return;
  const node = turn.edit(peer.id);
  node.link = { ...peer.link!, connected: true, queuedBytes: 0 };
  const pendingPingMs = node.pingSentMs;
  sendPing(turn, node.id, node.flags & MEET ? 'MEET' : 'PING');
  // A ping that was pending before the link broke keeps its age: flapping does not buy time.
  if (pendingPingMs) node.pingSentMs = pendingPingMs;
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
    } else turn.log('debug', 'I/O error reading from node link: connection closed');
    return;
  }
  const dialer = inboundPeer(turn, connection);
  if (dialer) turn.edit(dialer.id).inbound = null;
  else state.strangers = state.strangers.filter((stranger) => stranger.connection !== connection);
}

/** Someone dialled us; who it is shows in its first message. */
export function linkAccepted(turn: Turn, connection: ConnectionId): void {
  const link = { connection, createdMs: turn.nowMs };
  turn.state.strangers = [...turn.state.strangers, link];
}

/** The stranger on `connection` turned out to be a node we know. A newer link replaces an older. */
export function bindInbound(turn: Turn, id: NodeId, connection: ConnectionId): void {
  const { state } = turn;
  const node = turn.edit(id);
  if (node.inbound) turn.effects.push({ type: 'close', connection: node.inbound.connection });
  const isIt = (stranger: InboundLink): boolean => stranger.connection === connection;
  node.inbound = state.strangers.find(isIt) ?? { connection, createdMs: turn.nowMs };
  state.strangers = state.strangers.filter((stranger) => !isIt(stranger));
}
