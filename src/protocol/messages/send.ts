/**
 * Building headers and sending each kind of message.
 * Source: clusterBuildMessageHdr, clusterSendPing, clusterBroadcastMessage, clusterBroadcastPong,
 * clusterSendFail, clusterSendUpdate, clusterSendFailoverAuth, clusterRequestFailoverAuth,
 * clusterSendPublish, clusterPropagatePublish.
 */
import { announcedPorts } from './announce';
import type { BusHeader, BusMessage, HeartbeatMessage } from '../bus-message';
import { isInHandshake, isReplica, replicasOf, type ClusterNode } from '../cluster-state';
import type { ConnectionId } from '../effects';
import { chooseGossip } from './gossip-choice';
import type { NodeId } from '../ids';
import { messageBytes } from './message-bytes';
import { myOffsetBytes } from '../replication/my-offset';
import { append } from './send-buffer';
import { withoutSlots } from '../slot-ranges';
import { isSwitchedOn } from '../teaching-switches';
import type { Turn } from '../turn';

/** The header of every message this node sends now. */
export function buildHeader(turn: Turn): BusHeader {
  const { state } = turn;
  const me = turn.me;
  // A replica sends its master's slots and configEpoch, so that losing the master changes nothing.
  const owner = (isReplica(me) && me.masterId && turn.node(me.masterId)) || me;
  const { port, busPort } = announcedPorts(state);
  return {
    sender: me.id,
    currentEpoch: state.currentEpoch,
    configEpoch: owner.configEpoch,
    offsetBytes: myOffsetBytes(state),
    slots: owner.slots,
    masterId: me.masterId,
    ip: state.config.announceIp,
    port,
    busPort,
    flags: me.flags,
    clusterState: state.state,
    // Only a master says so; a replica just elected says it in its first PONGs, too.
    paused: !isReplica(me) && state.manualFailover.endMs !== 0,
    forceAck: false,
  };
}

/** A PING or MEET on our own link to a node; starts its ping clock if it is a PING. */
export function sendPing(turn: Turn, id: NodeId, type: 'PING' | 'MEET' = 'PING'): void {
  const node = turn.node(id)!;
  if (!node.link) return;
  if (type === 'PING') turn.setVitals(id, { pingSentMs: turn.nowMs });
  sendToNode(turn, id, heartbeat(turn, type, node.port));
}

/**
 * A PING that nobody asked for; whether it is sent. Not real Redis if switched off: then only
 * strangers greet.
 */
export function sendOwnPing(turn: Turn, id: NodeId, type: 'PING' | 'MEET' = 'PING'): boolean {
  const node = turn.node(id);
  const isOff = isSwitchedOn(turn.state.config, 'no-automatic-pings');
  if (isOff && !(node && isInHandshake(node))) return false;
  sendPing(turn, id, type);
  return true;
}

const NO_EXTENSIONS: HeartbeatMessage['extensions'] = [];

/** Gossip, and the hostname if there is one: without it the receiver forgets the one it had. */
function heartbeat(turn: Turn, type: HeartbeatMessage['type'], toPort: number): HeartbeatMessage {
  const { hostname } = turn.me;
  const header = buildHeader(turn);
  // Field by field, for the reason given in `copies.ts`.
  return {
    sender: header.sender,
    currentEpoch: header.currentEpoch,
    configEpoch: header.configEpoch,
    offsetBytes: header.offsetBytes,
    slots: header.slots,
    masterId: header.masterId,
    ip: header.ip,
    port: header.port,
    busPort: header.busPort,
    flags: header.flags,
    clusterState: header.clusterState,
    paused: header.paused,
    forceAck: header.forceAck,
    type,
    gossip: chooseGossip(turn, toPort),
    extensions: hostname ? [{ type: 'HOSTNAME', hostname }] : NO_EXTENSIONS,
  };
}

/** On our own link to a node, if there is one; while it is still connecting, bytes queue up. */
function sendToNode(turn: Turn, id: NodeId, message: BusMessage): void {
  const link = turn.node(id)?.link;
  if (!link) return;
  turn.send(link.connection, message);
  if (link.connected) return;
  turn.edit(id).link = { ...link, buffer: append(link.buffer, messageBytes(message)) };
}

/** The answer to a PING or MEET, on the connection it came by. */
export function sendPong(turn: Turn, connection: ConnectionId, toPort: number): void {
  sendOn(turn, connection, 'PONG', toPort);
}

/** A PING on a connection the other node dialled: nobody waits for its PONG. */
export function sendPingOn(turn: Turn, connection: ConnectionId, toPort: number): void {
  sendOn(turn, connection, 'PING', toPort);
}

function sendOn(turn: Turn, connection: ConnectionId, type: 'PING' | 'PONG', toPort: number): void {
  turn.send(connection, heartbeat(turn, type, toPort));
}

/** To every node with a link, itself and handshakes excepted; a link still connecting counts. */
function broadcast(turn: Turn, message: BusMessage): void {
  for (const node of turn.state.nodes) {
    if (node.id === turn.state.myId || isInHandshake(node)) continue;
    sendToNode(turn, node.id, message);
  }
}

/** Tells everyone that a node has failed. */
export function broadcastFail(turn: Turn, about: NodeId): void {
  broadcast(turn, { ...buildHeader(turn), type: 'FAIL', about });
}

/** A PONG nobody asked for: to all, or only to the replicas of our own shard. */
export function broadcastPong(turn: Turn, target: 'all' | 'local-replicas'): void {
  const me = turn.me;
  for (const node of [...turn.state.nodes]) {
    if (!node.link || node.id === me.id || isInHandshake(node)) continue;
    if (target === 'local-replicas' && !isLocalReplica(me, node)) continue;
    sendToNode(turn, node.id, heartbeat(turn, 'PONG', node.port));
  }
}

function isLocalReplica(me: ClusterNode, node: ClusterNode): boolean {
  if (!isReplica(node) || node.masterId === null) return false;
  return node.masterId === me.id || node.masterId === me.masterId;
}

/** Tells a node with old claims who owns those slots now. Slots nobody claims are left out. */
export function sendUpdate(turn: Turn, toId: NodeId, aboutId: NodeId): void {
  const about = turn.node(aboutId);
  if (!about) return;
  sendToNode(turn, toId, {
    ...buildHeader(turn),
    type: 'UPDATE',
    about: about.id,
    aboutConfigEpoch: about.configEpoch,
    aboutSlots: withoutSlots(about.slots, turn.state.notClaiming),
  });
}

/** Asks everyone, replicas too, for a vote; only masters with slots answer. */
export function requestVotes(turn: Turn): void {
  // During a manual failover voters shall not mind that the master is up.
  const forceAck = turn.state.manualFailover.endMs !== 0;
  broadcast(turn, { ...buildHeader(turn), forceAck, type: 'FAILOVER_AUTH_REQUEST' });
}

/** Asks our master to pause its clients and tell us where it stopped. */
export function sendManualStart(turn: Turn, masterId: NodeId): void {
  sendToNode(turn, masterId, { ...buildHeader(turn), type: 'MFSTART' });
}

/** The vote; if there is no link to the candidate it is spent all the same. */
export function sendVote(turn: Turn, candidateId: NodeId): void {
  sendToNode(turn, candidateId, { ...buildHeader(turn), type: 'FAILOVER_AUTH_ACK' });
}

/** A message on a channel: to everyone we have a link to. */
export function broadcastPublish(turn: Turn, channel: string, message: string): void {
  broadcast(turn, { ...buildHeader(turn), type: 'PUBLISH', channel, message });
}

/** A message on a shard channel: only to our master and its replicas, or to our own replicas. */
export function publishInShard(turn: Turn, channel: string, message: string): void {
  const { me } = turn;
  const masterId = isReplica(me) ? me.masterId : me.id;
  if (!masterId) return;
  for (const id of [masterId, ...replicasOf(turn.state, masterId).map((node) => node.id)]) {
    if (id === me.id || isInHandshake(turn.node(id)!)) continue;
    sendToNode(turn, id, { ...buildHeader(turn), type: 'PUBLISHSHARD', channel, message });
  }
}
