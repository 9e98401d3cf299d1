/**
 * The connections of those that follow this node.
 * Source: replicationGetSlaveName, disconnectSlaves, the end of replicationCron,
 * src/replication.c; the end of freeClient, src/networking.c.
 */
import type { ConnectionId } from '../effects';
import { refreshGoodReplicas } from '../failover/good-replicas';
import { PEER_IP } from '../ip-address';
import type { AttachedReplica } from '../replication-state';
import type { Turn } from '../turn';

/** The address the log names it by. Source: replicationGetSlaveName. */
export const nameOfReplica = ({ ip = PEER_IP, port }: AttachedReplica): string =>
  `${ip}:${port || '<unknown-replica-port>'}`;

/** The replica at the other end of `connection`, if there is one. */
export const findReplica = (turn: Turn, connection: ConnectionId): AttachedReplica | undefined =>
  turn.state.replication.replicas.find((one) => one.connection === connection);

/** Changes what is known of one replica. */
export function editReplica(
  turn: Turn,
  connection: ConnectionId,
  change: Partial<AttachedReplica>,
): void {
  const replicas = turn.state.replication.replicas.map((one) =>
    one.connection === connection ? { ...one, ...change } : one,
  );
  turn.editReplication({ replicas });
}

/** A replica's connection is gone, or is closed now. Source: freeClient. */
export function loseReplica(turn: Turn, connection: ConnectionId): void {
  const { replicas, greeted } = turn.state.replication;
  const replica = findReplica(turn, connection);
  if (!replica) {
    const left = greeted.filter((one) => one.connection !== connection);
    if (left.length < greeted.length) turn.editReplication({ greeted: left });
    return;
  }
  turn.log('warning', `Connection with replica ${nameOfReplica(replica)} lost.`);
  const left = replicas.filter((one) => one !== replica);
  turn.editReplication({
    replicas: left,
    ...(left.length === 0 && { noReplicasSinceMs: turn.nowMs }),
  });
  refreshGoodReplicas(turn);
}

/** Closes the connections of all replicas; they come back. Source: disconnectSlaves. */
export function disconnectReplicas(turn: Turn): void {
  for (const { connection } of turn.state.replication.replicas) dropReplica(turn, connection);
}

function dropReplica(turn: Turn, connection: ConnectionId): void {
  turn.ask({ type: 'close', connection });
  loseReplica(turn, connection);
}

/** Those that wait for a copy hear a newline; those that say nothing any more are let go. */
export function lookAfterReplicas(turn: Turn): void {
  const { replicas } = turn.state.replication;
  for (const { connection, state } of replicas) {
    if (state === 'waiting') turn.sendReplication(connection, { type: 'REPLY', text: '' });
  }
  const { replTimeoutMs } = turn.state.config;
  for (const replica of replicas) {
    const silent = Math.floor(turn.nowMs / 1_000) - Math.floor(replica.ackMs / 1_000);
    if (replica.state !== 'online' || silent * 1_000 <= replTimeoutMs) continue;
    turn.log(
      'warning',
      `Disconnecting timedout replica (streaming sync): ${nameOfReplica(replica)}`,
    );
    dropReplica(turn, replica.connection);
  }
}
