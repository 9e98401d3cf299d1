/**
 * What a node does with one bus message: the order of the steps matters.
 * Source: clusterProcessPacket, getNodeFromLinkAndMsg, nodeUpdateAddressIfNeeded, src/cluster.c.
 */
import type { BusMessage, HeartbeatMessage } from './bus-message';
import {
  blankNode,
  hasFailed,
  hasTimedOut,
  isInHandshake,
  isMaster,
  isReplica,
  type ClusterNode,
} from './cluster-state';
import { PURPOSE, drawHex } from './draw';
import { countVote, voteIfAllowed } from './election';
import { clearNodeFailureIfNeeded, obeyFail } from './failure-detection';
import { HANDSHAKE, MASTER, MIGRATE_TO, NOADDR, NOFAILOVER, REPLICA } from './flags';
import { processGossip } from './gossip';
import { nodeId, type NodeId } from './ids';
import { PEER_IP, bindInbound, dropLink, inboundPeer, outboundPeer } from './links';
import { captureMastersOffset, obeyManualStart } from './manual-failover';
import { setReplicationMaster } from './replication';
import { sendPong } from './send';
import { applyClaim, correctOldClaim, obeyUpdate, resolveEpochCollision } from './slot-claims';
import { sameSlots } from './slot-ranges';
import { deleteNode, dropNodeSlots, setFailureFlag, setMasterOf, setNodeAsMaster } from './table';
import type { ConnectionId } from './effects';
import type { Turn } from './turn';

/** Takes in one message that came by `connection`. */
export function processPacket(turn: Turn, connection: ConnectionId, message: BusMessage): void {
  const { receivedCounts } = turn.state;
  turn.state.receivedCounts = {
    ...receivedCounts,
    [message.type]: (receivedCounts[message.type] ?? 0) + 1,
  };
  const outbound = outboundPeer(turn, connection);
  const senderId = identifySender(turn, connection, outbound, message.sender);
  if (senderId) adoptHeader(turn, senderId, message);
  switch (message.type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return processHeartbeat(
        turn,
        { connection, outboundId: outbound?.id ?? null, senderId },
        message,
      );
    case 'FAIL':
      return obeyFail(turn, senderId, message.sender, message.about);
    case 'FAILOVER_AUTH_REQUEST':
      if (senderId) voteIfAllowed(turn, senderId, message);
      return;
    case 'FAILOVER_AUTH_ACK':
      if (senderId) countVote(turn, senderId, message.currentEpoch);
      return;
    case 'UPDATE':
      if (senderId) obeyUpdate(turn, message);
      return;
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      if (senderId) {
        turn.note({ event: 'delivered', channel: message.channel, at: turn.state.name });
      }
      return;
    case 'MFSTART':
      if (senderId) obeyManualStart(turn, connection, senderId);
      return;
    case 'MODULE':
      // Simplified: no modules.
      return;
  }
}

/** Whose message this is, as this connection proves it; null for a stranger. */
function identifySender(
  turn: Turn,
  connection: ConnectionId,
  outbound: ClusterNode | null,
  headerSender: NodeId,
): NodeId | null {
  const bound = outbound ?? inboundPeer(turn, connection);
  if (bound && !isInHandshake(bound)) {
    turn.edit(bound.id).dataReceivedMs = turn.nowMs;
    return bound.id;
  }
  const sender = turn.node(headerSender);
  if (!sender) return null;
  if (!bound) bindInbound(turn, sender.id, connection);
  turn.edit(sender.id).dataReceivedMs = turn.nowMs;
  return sender.id;
}

/** Epochs and offset of a known sender. The greater epoch wins, always. */
function adoptHeader(turn: Turn, senderId: NodeId, message: BusMessage): void {
  const sender = turn.edit(senderId);
  if (isInHandshake(sender)) return;
  const { state } = turn;
  state.currentEpoch = Math.max(state.currentEpoch, message.currentEpoch);
  if (message.configEpoch > sender.configEpoch) {
    sender.configEpoch = message.configEpoch;
    turn.doBeforeSleep({ saveConfig: true });
  }
  sender.offsetBytes = message.offsetBytes;
  captureMastersOffset(turn, senderId, message);
}

interface Arrival {
  readonly connection: ConnectionId;
  /** The node this link was dialled to; null when the other side dialled. */
  readonly outboundId: NodeId | null;
  readonly senderId: NodeId | null;
}

function processHeartbeat(turn: Turn, arrival: Arrival, message: HeartbeatMessage): void {
  if (message.type !== 'PONG') answer(turn, arrival, message);
  if (arrival.outboundId && finishHandshake(turn, arrival, message)) return;
  const { senderId } = arrival;
  if (senderId) {
    const sender = turn.edit(senderId);
    sender.flags = (sender.flags & ~NOFAILOVER) | (message.flags & NOFAILOVER);
    if (message.type === 'PING' && !isInHandshake(sender) && !arrival.outboundId) {
      updateAddress(turn, senderId, message);
    }
  }
  if (arrival.outboundId) registerPong(turn, arrival.outboundId, message);
  if (!senderId) return;
  updateRole(turn, senderId, message);
  updateSlots(turn, senderId, message);
  if (
    isMaster(turn.me) &&
    isMaster(turn.node(senderId)!) &&
    message.configEpoch === turn.me.configEpoch
  ) {
    resolveEpochCollision(turn, senderId);
  }
  processGossip(turn, senderId, message.gossip);
}

/** PING and MEET: learn our own address, take in a stranger who says MEET, and always say PONG. */
function answer(turn: Turn, arrival: Arrival, message: HeartbeatMessage): void {
  const me = turn.me;
  if ((message.type === 'MEET' || me.ip === '') && me.ip !== PEER_IP) {
    turn.edit(me.id).ip = PEER_IP;
    turn.log('warning', `IP address for this node updated to ${PEER_IP}`);
    turn.doBeforeSleep({ saveConfig: true });
  }
  if (!arrival.senderId && message.type === 'MEET') {
    const { port, busPort } = message;
    addHandshakeNode(turn, { ip: PEER_IP, port, busPort, flags: HANDSHAKE });
    processGossip(turn, null, message.gossip);
  }
  sendPong(turn, arrival.connection, message.port);
}

/** A node we know by address only: its name is random until its first PONG. */
export function addHandshakeNode(
  turn: Turn,
  entry: {
    readonly ip: string;
    readonly port: number;
    readonly busPort: number;
    readonly flags: number;
  },
): void {
  const { state } = turn;
  const name = drawHex(40, state.seed, PURPOSE.handshakeName, state.port, state.nextHandshake++);
  turn.addNode(blankNode({ ...entry, id: nodeId(name), createdMs: turn.nowMs }));
  turn.doBeforeSleep({ saveConfig: true });
}

/**
 * On our own link: rename a handshake, or notice that someone else lives there. True: go no
 * further.
 */
function finishHandshake(turn: Turn, arrival: Arrival, message: HeartbeatMessage): boolean {
  const linked = turn.node(arrival.outboundId!)!;
  if (isInHandshake(linked)) {
    if (arrival.senderId) {
      turn.log(
        'verbose',
        `Handshake: we already know node ${arrival.senderId}, updating the address if needed.`,
      );
      updateAddress(turn, arrival.senderId, message);
      deleteNode(turn, linked.id);
      return true;
    }
    turn.log('debug', `Renaming node ${linked.id} into ${message.sender}`);
    turn.renameNode(linked.id, message.sender);
    const node = turn.edit(message.sender);
    node.flags = (node.flags & ~HANDSHAKE) | (message.flags & (MASTER | REPLICA));
    turn.log('debug', `Handshake with node ${message.sender} completed.`);
    turn.doBeforeSleep({ saveConfig: true });
    // The rest of this packet is not believed: the sender was unknown when it arrived.
    registerPong(turn, message.sender, message);
    return true;
  }
  if (linked.id !== message.sender) {
    forgetAddress(turn, linked);
    return true;
  }
  return false;
}

function forgetAddress(turn: Turn, linked: ClusterNode): void {
  turn.log(
    'debug',
    `PONG contains mismatching sender ID. About node ${linked.id} added ` +
      `${turn.nowMs - linked.createdMs} ms ago, having flags ${linked.flags}`,
  );
  const node = turn.edit(linked.id);
  node.flags |= NOADDR;
  node.ip = '';
  node.port = 0;
  node.busPort = 0;
  dropLink(turn, linked.id);
  turn.doBeforeSleep({ saveConfig: true });
}

/** Source: nodeUpdateAddressIfNeeded. */
function updateAddress(turn: Turn, senderId: NodeId, message: HeartbeatMessage): void {
  const node = turn.node(senderId)!;
  const same =
    node.ip === PEER_IP && node.port === message.port && node.busPort === message.busPort;
  if (same) return;
  const edited = turn.edit(senderId);
  edited.ip = PEER_IP;
  edited.port = message.port;
  edited.busPort = message.busPort;
  edited.flags &= ~NOADDR;
  dropLink(turn, senderId);
  turn.log('warning', `Address updated for node ${senderId}, now ${edited.ip}:${edited.port}`);
  const { me } = turn;
  if (isReplica(me) && me.masterId === senderId) setReplicationMaster(turn, edited.port);
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/** Only a PONG on our own link proves that a node is alive to us. */
function registerPong(turn: Turn, id: NodeId, message: HeartbeatMessage): void {
  if (message.type !== 'PONG') return;
  const node = turn.edit(id);
  node.pongReceivedMs = turn.nowMs;
  node.pingSentMs = 0;
  if (hasTimedOut(node)) {
    setFailureFlag(turn, id, null);
    turn.doBeforeSleep({ saveConfig: true, updateState: true });
  } else if (hasFailed(node)) {
    clearNodeFailureIfNeeded(turn, id);
  }
}

function updateRole(turn: Turn, senderId: NodeId, message: HeartbeatMessage): void {
  if (message.masterId === null) {
    setNodeAsMaster(turn, senderId);
    return;
  }
  if (isMaster(turn.node(senderId)!)) {
    // A master that turned replica owns nothing any more, whoever has its slots.
    dropNodeSlots(turn, senderId);
    const sender = turn.edit(senderId);
    sender.flags = (sender.flags & ~(MASTER | MIGRATE_TO)) | REPLICA;
    turn.doBeforeSleep({ saveConfig: true, updateState: true });
  }
  if (turn.node(message.masterId) && turn.node(senderId)!.masterId !== message.masterId) {
    setMasterOf(turn, senderId, message.masterId);
    turn.doBeforeSleep({ saveConfig: true });
  }
}

function updateSlots(turn: Turn, senderId: NodeId, message: HeartbeatMessage): void {
  const sender = turn.node(senderId)!;
  const ownerId = isMaster(sender) ? sender.id : sender.masterId;
  const owner = ownerId ? turn.node(ownerId) : null;
  if (!owner || sameSlots(owner.slots, message.slots)) return;
  if (isMaster(sender)) applyClaim(turn, senderId, message.configEpoch, message.slots);
  correctOldClaim(turn, senderId, message.configEpoch, message.slots);
}
