/**
 * A failover somebody asked for: the replica asks its master to pause, waits until it has all the
 * data, and only then stands for election.
 * Source: clusterSendMFStart, resetManualFailover, manualFailoverCheckTimeout,
 * clusterHandleManualFailover, the MFSTART and PAUSED parts of clusterProcessPacket, src/cluster.c.
 */
import type { BusMessage } from '../bus-message';
import { isReplica, type ClusterState } from '../cluster-state';
import { MANUAL_FAILOVER_TIMEOUT_MS } from '../config';
import type { ConnectionId } from '../effects';
import { NO_MANUAL_FAILOVER } from '../failover-state';
import type { NodeId } from '../ids';
import { sendPingOn } from '../messages/send';
import type { Turn } from '../turn';
import { pauseWrites, unpauseWrites, writesWait } from './write-pause';

/** Where a replica stands in a manual failover. */
export type ManualPhase = 'none' | 'waiting-for-offset' | 'catching-up' | 'ready';

/** The phase, from mf_end, mf_master_offset and mf_can_start. */
export function manualPhase({ manualFailover }: Pick<ClusterState, 'manualFailover'>): ManualPhase {
  const { endMs, canStart, masterOffsetBytes } = manualFailover;
  if (endMs === 0) return 'none';
  if (canStart) return 'ready';
  return masterOffsetBytes === null ? 'waiting-for-offset' : 'catching-up';
}

/** Forgets a manual failover on either side; a master that paused for it lets writes go on. */
export function resetManualFailover(turn: Turn): void {
  const { state } = turn;
  if (state.manualFailover.replicaId) unpauseWrites(turn);
  if (state.manualFailover.endMs !== 0) state.manualFailover = NO_MANUAL_FAILOVER;
}

/** The replica's five seconds begin; `canStart` if the master need not be asked. */
export function beginManualFailover(turn: Turn, canStart: boolean): void {
  resetManualFailover(turn);
  const endMs = turn.nowMs + MANUAL_FAILOVER_TIMEOUT_MS;
  turn.state.manualFailover = { ...NO_MANUAL_FAILOVER, endMs, canStart };
}

/** MFSTART: a replica of ours wants our place. Writes wait, and it hears our offset at once. */
export function obeyManualStart(turn: Turn, connection: ConnectionId, senderId: NodeId): void {
  const { state } = turn;
  const sender = turn.node(senderId)!;
  if (sender.masterId !== state.myId) return;
  const endMs = turn.nowMs + MANUAL_FAILOVER_TIMEOUT_MS;
  state.manualFailover = { ...NO_MANUAL_FAILOVER, endMs, replicaId: senderId };
  if (!writesWait(state)) {
    turn.note({ event: 'manual.pause', node: state.name, replica: turn.nameOf(senderId) });
  }
  pauseWrites(turn);
  turn.log('warning', `Manual failover requested by replica ${senderId}.`);
  sendPingOn(turn, connection, sender.port);
}

/** Each message of our paused master carries the offset at which it stopped; the first counts. */
export function captureMastersOffset(turn: Turn, senderId: NodeId, message: BusMessage): void {
  const { state } = turn;
  const me = turn.me;
  if (!message.paused || manualPhase(state) === 'none') return;
  if (!isReplica(me) || me.masterId !== senderId) return;
  if (state.manualFailover.masterOffsetBytes !== null) return;
  const { offsetBytes } = message;
  state.manualFailover = { ...state.manualFailover, masterOffsetBytes: offsetBytes };
  turn.doBeforeSleep({ handleManualFailover: true });
  turn.log(
    'warning',
    `Received replication offset for paused master manual failover: ${offsetBytes}`,
  );
}

/** Has everything the master wrote before it paused been read here? Then the election may start. */
export function handleManualFailover(turn: Turn): void {
  const { state } = turn;
  if (manualPhase(state) !== 'catching-up') return;
  const { offsetBytes } = state.replication;
  if (state.manualFailover.masterOffsetBytes !== offsetBytes) {
    turn.doBeforeSleep({ handleManualFailover: true });
    return;
  }
  state.manualFailover = { ...state.manualFailover, canStart: true };
  turn.log('warning', 'All master replication stream processed, manual failover can start.');
  turn.note({ event: 'manual.ready', node: state.name, offsetBytes });
  turn.doBeforeSleep({ handleFailover: true });
}

/** After five seconds both sides give up, each by its own clock. */
export function giveUpManualFailover(turn: Turn): void {
  const { endMs } = turn.state.manualFailover;
  if (endMs === 0 || endMs >= turn.nowMs) return;
  turn.log('warning', 'Manual failover timed out.');
  turn.note({ event: 'manual.expire', node: turn.state.name });
  resetManualFailover(turn);
}
