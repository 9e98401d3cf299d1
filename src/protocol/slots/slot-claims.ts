/**
 * Who owns which slot: the highest configEpoch wins, old claims are corrected, collisions resolved.
 * Source: clusterUpdateSlotsConfigWith, clusterHandleConfigEpochCollision,
 * clusterBumpConfigEpochWithoutConsensus, clusterSetMaster, src/cluster.c.
 */
import { dropFromMemory } from './append-only-file';
import type { BusMessage } from '../bus-message';
import { isMaster, isReplica, slotOwner } from '../cluster-state';
import type { Epoch, NodeId } from '../ids';
import { withoutKeysInSlots } from '../keyspace';
import { resetManualFailover } from '../failover/manual-failover';
import { setReplicationMaster } from '../replication/replication';
import { sendUpdate } from '../messages/send';
import {
  NO_SLOTS,
  commonSlots,
  printSlots,
  slotCount,
  slotsOf,
  unionSlots,
  withoutSlots,
  type SlotRanges,
} from '../slot-ranges';
import { becomeReplicaFlags, bindSlots, setMasterOf, setNodeAsMaster } from '../table';
import { isSwitchedOn } from '../teaching-switches';
import type { Turn } from '../turn';

/** Applies a node's claim. The only way bus traffic assigns slots. */
export function applyClaim(turn: Turn, senderId: NodeId, epoch: Epoch, claim: SlotRanges): void {
  const { state } = turn;
  if (senderId === state.myId) {
    turn.log('warning', 'Discarding UPDATE message about myself.');
    return;
  }
  const mineOrMasters = isMaster(turn.me) ? state.myId : turn.me.masterId;
  const mineBefore = turn.me.slots;
  const mastersBefore = mineOrMasters ? (turn.node(mineOrMasters)?.slots ?? NO_SLOTS) : NO_SLOTS;
  const taken = takeableSlots(turn, senderId, epoch, claim);
  const held = turn.node(senderId)!.slots;

  const dropped = withoutSlots(held, claim);
  const settled = unionSlots(taken, commonSlots(held, claim));
  state.notClaiming = withoutSlots(unionSlots(state.notClaiming, dropped), settled);
  if (taken.length > 0) {
    noteMove(turn, senderId, epoch, taken);
    bindSlots(turn, senderId, taken);
    turn.doBeforeSleep({ saveConfig: true, updateState: true });
  }
  followTheSlots(turn, {
    senderId,
    claimCount: slotCount(claim),
    lostByOurs: commonSlots(mastersBefore, taken),
    lostByMe: commonSlots(mineBefore, taken),
    ours: mineOrMasters,
  });
}

/** Slots that had another owner here: news. Those that had none are a cluster being made. */
function noteMove(turn: Turn, ownerId: NodeId, epoch: Epoch, taken: SlotRanges): void {
  const { state } = turn;
  let moved = NO_SLOTS;
  for (const node of state.nodes) moved = unionSlots(moved, commonSlots(node.slots, taken));
  if (moved.length === 0) return;
  const [slots, owner] = [printSlots(moved), turn.nameOf(ownerId)];
  turn.note({ event: 'slot.owner', node: state.name, slots, owner, epoch, by: 'claim' });
}

/**
 * Claimed slots that are free, not claimed any more by their owner, or held with an older epoch.
 */
function takeableSlots(turn: Turn, senderId: NodeId, epoch: Epoch, claim: SlotRanges): SlotRanges {
  const { state } = turn;
  let keep: SlotRanges = slotsOf(Object.keys(state.importingFrom).map(Number));
  // Not real Redis if switched on: whoever claimed last is believed.
  const epochsCount = !isSwitchedOn(state.config, 'ignore-epochs');
  for (const node of state.nodes) {
    if (node.id === senderId) keep = unionSlots(keep, node.slots);
    else if (epochsCount && node.configEpoch >= epoch) {
      keep = unionSlots(keep, withoutSlots(node.slots, state.notClaiming));
    }
  }
  return withoutSlots(claim, keep);
}

interface Loss {
  readonly senderId: NodeId;
  readonly claimCount: number;
  /** Slots that left this node, or its master. */
  readonly lostByOurs: SlotRanges;
  readonly lostByMe: SlotRanges;
  readonly ours: NodeId | null;
}

/** A master left with nothing follows the taker; so do its replicas. */
function followTheSlots(turn: Turn, loss: Loss): void {
  const { state } = turn;
  const lost = slotCount(loss.lostByOurs);
  const left = loss.ours ? slotCount(turn.node(loss.ours)!.slots) : 0;
  const mayFollow = state.config.allowReplicaMigration || loss.claimCount === lost;
  if (lost > 0 && left === 0 && mayFollow) {
    turn.log(
      'warning',
      `Configuration change detected. Reconfiguring myself as a replica of ${loss.senderId}`,
    );
    setMaster(turn, loss.senderId);
    return;
  }
  const master = turn.me.masterId ? turn.node(turn.me.masterId) : null;
  if (master?.masterId && master.masterId !== state.myId) {
    turn.log(
      'warning',
      `I'm a sub-replica! Reconfiguring myself as a replica of grandmaster ${master.masterId}`,
    );
    setMaster(turn, master.masterId);
  } else if (loss.lostByMe.length > 0) {
    deleteKeysInSlots(turn, loss.lostByMe);
  }
}

/** Keys of lost slots are gone: by design, and without a word to anyone. Source: delKeysInSlot. */
function deleteKeysInSlots(turn: Turn, slots: SlotRanges): void {
  dropFromMemory(turn, withoutKeysInSlots(turn.state.keys, slots));
}

/** Makes this node a replica of `masterId`. Source: clusterSetMaster. */
export function setMaster(turn: Turn, masterId: NodeId): void {
  const wasMaster = isMaster(turn.me);
  if (wasMaster) {
    becomeReplicaFlags(turn);
    turn.state.migratingTo = {};
    turn.state.importingFrom = {};
  } else setMasterOf(turn, turn.state.myId, null);
  setMasterOf(turn, turn.state.myId, masterId);
  const master = turn.node(masterId)!;
  setReplicationMaster(turn, master.port, master.ip);
  resetManualFailover(turn);
  if (wasMaster) {
    turn.note({ event: 'demote', node: turn.state.name, master: turn.nameOf(masterId) });
  }
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/**
 * If the sender claims a slot whose owner here has a newer epoch, tell it so: one UPDATE a packet.
 */
export function correctOldClaim(
  turn: Turn,
  senderId: NodeId,
  epoch: Epoch,
  claim: SlotRanges,
): void {
  const { state } = turn;
  let first = Number.POSITIVE_INFINITY;
  for (const owner of state.nodes) {
    if (owner.id === senderId || owner.configEpoch <= epoch) continue;
    const stale = withoutSlots(commonSlots(owner.slots, claim), state.notClaiming);
    if (stale.length > 0) first = Math.min(first, stale[0]![0]);
  }
  if (!Number.isFinite(first)) return;
  const owner = slotOwner(state, first)!;
  turn.log(
    'verbose',
    `Node ${senderId} has old slots configuration, sending an UPDATE message about ${owner.id}`,
  );
  sendUpdate(turn, senderId, owner.id);
}

/** UPDATE: someone corrects what we believe about a node. */
export function obeyUpdate(turn: Turn, message: Extract<BusMessage, { type: 'UPDATE' }>): void {
  const node = turn.node(message.about);
  if (!node || node.configEpoch >= message.aboutConfigEpoch) return;
  if (isReplica(node)) setNodeAsMaster(turn, node.id);
  turn.edit(node.id).configEpoch = message.aboutConfigEpoch;
  turn.doBeforeSleep({ saveConfig: true });
  applyClaim(turn, node.id, message.aboutConfigEpoch, message.aboutSlots);
}

/** Two masters with one epoch: the one with the smaller id takes a new one. */
export function resolveEpochCollision(turn: Turn, senderId: NodeId): void {
  if (turn.node(senderId)!.configEpoch !== turn.me.configEpoch) return;
  if (senderId <= turn.state.myId) return;
  turn.state.currentEpoch++;
  const epoch = turn.state.currentEpoch;
  turn.edit(turn.state.myId).configEpoch = epoch;
  turn.doBeforeSleep({ saveConfig: true });
  turn.log(
    'verbose',
    `WARNING: configEpoch collision with node ${senderId}. configEpoch set to ${epoch}`,
  );
}

/** A new epoch without asking anyone. Returns whether there was a need for one. */
export function bumpConfigEpoch(turn: Turn): boolean {
  const { state } = turn;
  const max = state.nodes.reduce(
    (top, node) => Math.max(top, node.configEpoch),
    state.currentEpoch,
  );
  if (turn.me.configEpoch !== 0 && turn.me.configEpoch === max) return false;
  state.currentEpoch++;
  turn.edit(state.myId).configEpoch = state.currentEpoch;
  turn.doBeforeSleep({ saveConfig: true });
  turn.log('warning', `New configEpoch set to ${state.currentEpoch}`);
  return true;
}
