/**
 * WAIT: a client that wants to know how many replicas have its writes.
 * Source: waitCommand, replicationCountAcksByOffset, processClientsWaitingReplicas,
 * src/replication.c; disconnectAllBlockedClients, replyToBlockedClientOnTimeout, src/blocked.c.
 */
import type { BlockedWait } from '../replication-state';
import type { Reply } from '../reply';
import { askReplicasForAcks } from './replication-stream';
import type { Turn } from '../turn';

/** How many replicas have said that they hold everything up to `offsetBytes`. */
export function acksFor(turn: Turn, offsetBytes: number): number {
  return turn.state.replication.replicas.filter(
    (one) => one.state === 'online' && one.ackOffsetBytes >= offsetBytes,
  ).length;
}

/** Blocks a client until enough replicas have its writes, and asks them at once. */
export function blockInWait(turn: Turn, wait: BlockedWait): void {
  turn.editReplication({ waits: [...turn.state.replication.waits, wait] });
  askReplicasForAcks(turn);
}

/** Answers those whose writes have arrived; the newest asked is answered first. */
export function answerWaits(turn: Turn): void {
  answerThose(turn, (wait) => acksFor(turn, wait.offsetBytes) >= wait.replicas);
}

/** Answers those whose time is up, with as many as there are; asks on behalf of those that wait. */
export function endElapsedWaits(turn: Turn): void {
  answerThose(turn, ({ deadlineMs }) => deadlineMs !== 0 && deadlineMs <= turn.nowMs);
  if (turn.state.replication.ackWanted) askReplicasForAcks(turn);
}

function answerThose(turn: Turn, isDue: (wait: BlockedWait) => boolean): void {
  const due = turn.state.replication.waits.filter(isDue).reverse();
  if (due.length === 0) return;
  for (const wait of due) {
    reply(turn, wait, { type: 'integer', value: acksFor(turn, wait.offsetBytes) });
  }
  const waits = turn.state.replication.waits.filter((wait) => !due.includes(wait));
  turn.editReplication({ waits });
}

/** A master that turns replica has nobody left to wait for. */
export function unblockWaits(turn: Turn): void {
  const { waits } = turn.state.replication;
  if (waits.length === 0) return;
  const text =
    'UNBLOCKED force unblock from blocking operation, ' +
    'instance state changed (master -> replica?)';
  for (const wait of waits) reply(turn, wait, { type: 'error', text });
  turn.editReplication({ waits: [] });
}

function reply(turn: Turn, { client, command }: BlockedWait, answer: Reply): void {
  turn.reply(client, command, answer);
}
