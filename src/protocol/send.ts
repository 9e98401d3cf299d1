/**
 * Building headers and sending each kind of message.
 * Source: clusterBuildMessageHdr, clusterSendPing, clusterBroadcastMessage, clusterBroadcastPong,
 * clusterSendFail, clusterSendUpdate, clusterSendFailoverAuth, clusterRequestFailoverAuth.
 */
import type { BusHeader, BusMessage } from './bus-message';
import { isInHandshake, isReplica, type ClusterNode } from './cluster-state';
import type { ConnectionId } from './effects';
import { chooseGossip } from './gossip-choice';
import type { NodeId } from './ids';
import { withoutSlots } from './slot-ranges';
import type { Turn } from './turn';

/** The header of every message this node sends now. */
export function buildHeader(turn: Turn): BusHeader {
  const { state } = turn;
  const me = turn.me;
  // A replica sends its master's slots and configEpoch, so that losing the master changes nothing.
  const owner = (isReplica(me) && me.masterId && turn.node(me.masterId)) || me;
  return {
    sender: me.id,
    currentEpoch: state.currentEpoch,
    configEpoch: owner.configEpoch,
    offsetBytes: state.replication.offsetBytes,
    slots: owner.slots,
    masterId: me.masterId,
    ip: state.config.announceIp,
    port: state.port,
    busPort: state.busPort,
    flags: me.flags,
    clusterState: state.state,
    // Only a master says so; a replica just elected says it in its first PONGs, too.
    paused: !isReplica(me) && state.manualFailover.endMs !== 0,
    forceAck: false,
  };
}

/** A PING or MEET on our own link to a node; starts its ping clock if it is a PING. */
export function sendPing(turn: Turn, id: NodeId, type: 'PING' | 'MEET' = 'PING'): void {
  const node = turn.edit(id);
  if (!node.link) return;
  if (type === 'PING') node.pingSentMs = turn.nowMs;
  const gossip = chooseGossip(turn, node.port);
  turn.send(node.link.connection, { ...buildHeader(turn), type, gossip, extensions: [] });
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
  turn.send(connection, {
    ...buildHeader(turn),
    type,
    gossip: chooseGossip(turn, toPort),
    extensions: [],
  });
}

/** To every node with a link, itself and handshakes excepted; a link still connecting counts. */
function broadcast(turn: Turn, message: BusMessage): void {
  for (const node of turn.state.nodes) {
    if (node.id === turn.state.myId || isInHandshake(node) || !node.link) continue;
    turn.send(node.link.connection, message);
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
    const gossip = chooseGossip(turn, node.port);
    turn.send(node.link.connection, { ...buildHeader(turn), type: 'PONG', gossip, extensions: [] });
  }
}

function isLocalReplica(me: ClusterNode, node: ClusterNode): boolean {
  if (!isReplica(node) || node.masterId === null) return false;
  return node.masterId === me.id || node.masterId === me.masterId;
}

/** Tells a node with old claims who owns those slots now. Slots nobody claims are left out. */
export function sendUpdate(turn: Turn, toId: NodeId, aboutId: NodeId): void {
  const to = turn.node(toId);
  const about = turn.node(aboutId);
  if (!to?.link || !about) return;
  turn.send(to.link.connection, {
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
  const link = turn.node(masterId)?.link;
  if (link) turn.send(link.connection, { ...buildHeader(turn), type: 'MFSTART' });
}

/** The vote; if there is no link to the candidate it is spent all the same. */
export function sendVote(turn: Turn, candidateId: NodeId): void {
  const candidate = turn.node(candidateId);
  if (!candidate?.link) return;
  turn.send(candidate.link.connection, { ...buildHeader(turn), type: 'FAILOVER_AUTH_ACK' });
}
