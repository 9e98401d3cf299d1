/**
 * What a node does with one bus message: the order of the steps matters.
 * Source: clusterProcessPacket, getNodeFromLinkAndMsg, clusterProcessPingExtensions, src/cluster.c.
 */
import { learnMyAddress, updateAddress } from './addresses';
import { MESSAGE_TYPE_WORD, type BusMessage, type HeartbeatMessage } from '../bus-message';
import {
  hasFailed,
  hasTimedOut,
  isInHandshake,
  isMaster,
  type ClusterNode,
} from '../cluster-state';
import { countVote, voteIfAllowed } from '../failover/election';
import { clearNodeFailureIfNeeded, obeyFail } from '../failover/failure-detection';
import { MASTER, MIGRATE_TO, NOFAILOVER, REPLICA } from '../flags';
import { processGossip } from './gossip';
import { introduce, takeInStranger } from './handshake';
import type { NodeId } from '../ids';
import { bindInbound, inboundPeer, outboundPeer } from './links';
import { captureMastersOffset, obeyManualStart } from '../failover/manual-failover';
import { messageBytes } from './message-bytes';
import { deliver, deliverInShard } from './pubsub';
import { sendPong } from './send';
import {
  applyClaim,
  correctOldClaim,
  obeyUpdate,
  resolveEpochCollision,
} from '../slots/slot-claims';
import { sameSlots } from '../slot-ranges';
import { dropNodeSlots, setFailureFlag, setMasterOf, setNodeAsMaster } from '../table';
import type { ConnectionId } from '../effects';
import { ToldGossip } from './told-gossip';
import { trace, traces } from './trace';
import { withOneMore, type Turn } from '../turn';

/** Takes in one message that came by `connection`. */
export function processPacket(turn: Turn, connection: ConnectionId, message: BusMessage): void {
  turn.state.receivedCounts = withOneMore(turn.state.receivedCounts, message.type);
  if (traces(turn)) tracePacket(turn, message);
  if ('gossip' in message && message.gossip instanceof ToldGossip) {
    // Whose message it is need not be found by its name.
    turn.lookFirstFor(message.gossip.book, message.gossip.teller);
  }
  const outbound = outboundPeer(turn, connection, message.sender);
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
      if (senderId) deliver(turn, message);
      return;
    case 'PUBLISHSHARD':
      if (senderId) deliverInShard(turn, message);
      return;
    case 'MFSTART':
      if (senderId) obeyManualStart(turn, connection, senderId);
      return;
    case 'MODULE':
      // Simplified: no modules.
      return;
  }
}

function tracePacket(turn: Turn, message: BusMessage): void {
  const [word, bytes] = [MESSAGE_TYPE_WORD[message.type], messageBytes(message)];
  trace(turn, () => `--- Processing packet of type ${word}, ${bytes} bytes`);
}

/** Whose message this is, as this connection proves it; null for a stranger. */
function identifySender(
  turn: Turn,
  connection: ConnectionId,
  outbound: ClusterNode | null,
  headerSender: NodeId,
): NodeId | null {
  const bound = outbound ?? inboundPeer(turn, connection, headerSender);
  if (bound && !isInHandshake(bound)) {
    turn.hearFrom(bound.id);
    return bound.id;
  }
  const sender = turn.node(headerSender);
  if (!sender) return null;
  if (!bound) bindInbound(turn, sender.id, connection);
  turn.hearFrom(sender.id);
  return sender.id;
}

/** Epochs and offset of a known sender. The greater epoch wins, always. */
function adoptHeader(turn: Turn, senderId: NodeId, message: BusMessage): void {
  const sender = turn.node(senderId)!;
  if (isInHandshake(sender)) return;
  const { state } = turn;
  state.currentEpoch = Math.max(state.currentEpoch, message.currentEpoch);
  if (message.configEpoch > sender.configEpoch) {
    turn.edit(senderId).configEpoch = message.configEpoch;
    turn.doBeforeSleep({ saveConfig: true });
  }
  turn.learnOffset(senderId, message.offsetBytes);
  captureMastersOffset(turn, senderId, message);
}

function traceHeartbeat(turn: Turn, arrival: Arrival, { type }: HeartbeatMessage): void {
  const linked = arrival.outboundId ?? inboundPeer(turn, arrival.connection)?.id ?? 'NULL';
  trace(turn, () => `${MESSAGE_TYPE_WORD[type]} packet received: ${linked}`);
}

interface Arrival {
  readonly connection: ConnectionId;
  /** The node this link was dialled to; null when the other side dialled. */
  readonly outboundId: NodeId | null;
  readonly senderId: NodeId | null;
}

function processHeartbeat(turn: Turn, arrival: Arrival, message: HeartbeatMessage): void {
  if (message.type !== 'PONG') answer(turn, arrival, message);
  if (traces(turn)) traceHeartbeat(turn, arrival, message);
  let linkedId = arrival.outboundId;
  if (linkedId) {
    const introduction = introduce(turn, linkedId, { senderId: arrival.senderId, message });
    if (introduction === 'parted') return;
    if (introduction === 'renamed') linkedId = message.sender;
  }
  if (arrival.senderId) takeFlagAndAddress(turn, arrival.senderId, message, linkedId !== null);
  if (linkedId) registerPong(turn, linkedId, message);
  // Of the first PONG of a handshake no more is believed: its sender was unknown when it came.
  if (arrival.senderId) believe(turn, arrival.senderId, message);
}

/** PING and MEET: learn our own address, take in a stranger who says MEET, and always say PONG. */
function answer(turn: Turn, arrival: Arrival, message: HeartbeatMessage): void {
  learnMyAddress(turn, message);
  if (!arrival.senderId && message.type === 'MEET') {
    takeInStranger(turn, message);
    processGossip(turn, null, message.gossip);
  }
  sendPong(turn, arrival.connection, message.port);
}

function takeFlagAndAddress(
  turn: Turn,
  senderId: NodeId,
  message: HeartbeatMessage,
  onOurLink: boolean,
): void {
  const sender = turn.node(senderId)!;
  const flags = (sender.flags & ~NOFAILOVER) | (message.flags & NOFAILOVER);
  if (flags !== sender.flags) turn.edit(senderId).flags = flags;
  // What comes by our own link says nothing about whether that link leads to the right place.
  if (message.type === 'PING' && !isInHandshake(sender) && !onOurLink) {
    updateAddress(turn, senderId, message);
  }
}

/** Role, slots, epoch, gossip and hostname of a sender we know. */
function believe(turn: Turn, senderId: NodeId, message: HeartbeatMessage): void {
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
  processExtensions(turn, senderId, message.extensions);
}

/** A hostname holds only while its node goes on announcing it. */
function processExtensions(
  turn: Turn,
  senderId: NodeId,
  extensions: HeartbeatMessage['extensions'],
): void {
  let hostname = '';
  for (const extension of extensions) {
    if (extension.type === 'HOSTNAME') hostname = extension.hostname;
    else turn.log('warning', `Received unknown extension type ${extension.code}`);
  }
  if (turn.node(senderId)!.hostname !== hostname) turn.edit(senderId).hostname = hostname;
}

/** Only a PONG on our own link proves that a node is alive to us. */
function registerPong(turn: Turn, id: NodeId, message: HeartbeatMessage): void {
  if (message.type !== 'PONG') return;
  const node = turn.node(id)!;
  turn.setVitals(id, { pongReceivedMs: turn.nowMs, pingSentMs: 0 });
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
