/**
 * The names of a history of writes: two nodes with one id hold the same data up to an offset.
 * Source: changeReplicationId, clearReplicationId2, shiftReplicationId, createReplicationBacklog,
 * freeReplicationBacklog, src/replication.c; repl-backlog-ttl.
 */
import { PURPOSE, drawHex } from '../draw';
import { createBacklog } from './replication-backlog';
import { NO_ID2 } from '../replication-state';
import type { Turn } from '../turn';

/** A new id, 40 random hexadecimal digits: from here on this history is our own. */
function changeReplicationId(turn: Turn): string {
  const { seed, port, replication } = turn.state;
  // The id before is part of the key: two changes in one millisecond make two ids.
  const before = Number.parseInt(replication.id.slice(0, 8), 16);
  const id = drawHex(40, seed, PURPOSE.replicationId, port, turn.nowMs, before);
  turn.editReplication({ id });
  return id;
}

/**
 * A promotion: the history so far stays good up to here, so that the other replicas, and the old
 * master if it wrote no more, can go on from it.
 */
export function shiftReplicationId(turn: Turn): void {
  const { id: id2, offsetBytes } = turn.state.replication;
  const secondOffsetBytes = offsetBytes + 1;
  turn.editReplication({ id2, secondOffsetBytes });
  const id = changeReplicationId(turn);
  turn.log(
    'warning',
    `Setting secondary replication ID to ${id2}, valid up to offset: ${secondOffsetBytes}. ` +
      `New replication ID is ${id}`,
  );
}

/** The first replica brings a backlog, and with it a history under a new id. */
export function beginHistory(turn: Turn): void {
  const id = changeReplicationId(turn);
  const backlog = createBacklog(turn.state.replication.offsetBytes);
  turn.editReplication({ id2: NO_ID2, secondOffsetBytes: -1, backlog });
  turn.log(
    'notice',
    `Replication backlog created, my new replication IDs are '${id}' and '${NO_ID2}'`,
  );
}

/** A master without replicas gives its backlog up after an hour; nobody can go on from it then. */
export function endHistoryIfAlone(turn: Turn): void {
  const { replicas, backlog, masterPort, noReplicasSinceMs } = turn.state.replication;
  const { replBacklogTtlMs } = turn.state.config;
  if (replicas.length > 0 || !backlog || masterPort !== 0 || replBacklogTtlMs === 0) return;
  const seconds = Math.floor(turn.nowMs / 1_000) - Math.floor(noReplicasSinceMs / 1_000);
  if (seconds * 1_000 <= replBacklogTtlMs) return;
  changeReplicationId(turn);
  turn.editReplication({ id2: NO_ID2, secondOffsetBytes: -1, backlog: null });
  turn.log(
    'notice',
    `Replication backlog freed after ${replBacklogTtlMs / 1_000} seconds without connected replicas.`,
  );
}
