/**
 * A full copy of the data for replicas that cannot go on: a child writes it to their sockets.
 * Source: startBgsaveForReplication, replicationSetupSlaveForFullResync,
 * updateSlavesWaitingBgsave, shouldStartChildReplication, replconfCommand (ACK), src/replication.c;
 * rdbSaveToSlavesSockets, src/rdb.c; repl-diskless-sync-delay.
 * Simplified: the child always succeeds; of its lines in the log those with its pid and its memory
 * are missing.
 */
import { editReplica, findReplica, nameOfReplica } from './attached-replicas';
import type { ConnectionId } from '../effects';
import { refreshGoodReplicas } from '../failover/good-replicas';
import { answerWaits } from './replica-acks';
import { startStream } from './replication-stream';
import type { Turn } from '../turn';

/** A child writes everything there is now to the sockets of all who wait. */
export function startCopy(turn: Turn): void {
  const { state } = turn;
  const { id, offsetBytes } = state.replication;
  turn.log('notice', 'Starting BGSAVE for SYNC with target: replicas sockets');
  const waiting = state.replication.replicas.filter((one) => one.state === 'waiting');
  for (const { connection } of waiting) {
    const text = `+FULLRESYNC ${id} ${offsetBytes}`;
    turn.sendReplication(connection, { type: 'REPLY', text });
    turn.sendReplication(connection, { type: 'COPY', keys: state.keys, madeMs: turn.nowMs });
    editReplica(turn, connection, { state: 'copying', heldFromBytes: offsetBytes + 1 });
  }
  // What follows a copy begins with SELECT.
  turn.editReplication({ copyUnderWay: true, selected: false });
  turn.log(
    'warning',
    `Diskless rdb transfer, done reading from pipe, ${waiting.length} replicas still up.`,
  );
}

/** Starts a copy for those who have waited long enough. Source: replicationStartPendingFork. */
export function startCopyIfDue(turn: Turn): void {
  const { replication, config } = turn.state;
  if (replication.copyUnderWay) return;
  const waiting = replication.replicas.filter((one) => one.state === 'waiting');
  if (waiting.length === 0) return;
  const second = (atMs: number): number => Math.floor(atMs / 1_000);
  const longest = Math.max(...waiting.map(({ askedMs }) => second(turn.nowMs) - second(askedMs)));
  if (longest * 1_000 >= config.replDisklessSyncDelayMs) startCopy(turn);
}

/** The child is done: ten times a second, and whenever an ACK shows that a copy has arrived. */
export function finishCopy(turn: Turn): void {
  if (!turn.state.replication.copyUnderWay) return;
  turn.editReplication({ copyUnderWay: false });
  turn.log('notice', 'Background RDB transfer terminated with success');
  for (const replica of turn.state.replication.replicas) {
    if (replica.state !== 'copying') continue;
    const name = nameOfReplica(replica);
    turn.log(
      'notice',
      `Streamed RDB transfer with replica ${name} succeeded (socket). ` +
        'Waiting for REPLCONF ACK from slave to enable streaming',
    );
    editReplica(turn, replica.connection, { state: 'online', ackMs: turn.nowMs });
    refreshGoodReplicas(turn);
    turn.log('notice', `Synchronization with replica ${name} succeeded`);
  }
  startCopyIfDue(turn);
}

/** REPLCONF ACK: how far the replica is. The first one after a copy opens the stream. */
export function takeAck(turn: Turn, connection: ConnectionId, offsetBytes: number): void {
  const before = findReplica(turn, connection);
  if (!before) return;
  const ackOffsetBytes = Math.max(before.ackOffsetBytes, offsetBytes);
  editReplica(turn, connection, { ackOffsetBytes, ackMs: turn.nowMs });
  if (before.state === 'copying') finishCopy(turn);
  const { heldFromBytes, state } = findReplica(turn, connection)!;
  if (state === 'online' && heldFromBytes !== null) {
    editReplica(turn, connection, { heldFromBytes: null });
    startStream(turn, before, heldFromBytes);
  }
  answerWaits(turn);
}
