/**
 * Keys as commands see them: what has expired is not there, and what is written goes to replicas.
 * Source: lookupKey, expireIfNeeded, deleteExpiredKeyAndPropagate, src/db.c; activeExpireCycle,
 * src/expire.c; alsoPropagate, propagatePendingCommands, src/server.c.
 */
import { appendToFile } from './append-only-file';
import { isReplica, myself, type ClusterState } from '../cluster-state';
import { allKeys, findKey, type StoredKey } from '../keyspace';
import { feedReplicas } from '../replication/replication';
import { NOTHING, followedBy } from '../short-lists';
import type { Turn } from '../turn';
import { applyWrite } from './write-effects';
import { writesWait } from '../failover/write-pause';

/** Whether a key is past its time. Source: keyIsExpired. */
export const isExpired = ({ expiresAtMs }: StoredKey, nowMs: number): boolean =>
  expiresAtMs !== 0 && nowMs > expiresAtMs;

/**
 * What a command finds under `key`, or null. On a master an expired key is deleted on the way, and
 * its replicas hear of it; a replica waits for that word.
 */
export function lookupKey(turn: Turn, key: string): StoredKey | null {
  const { state } = turn;
  const stored = findKey(state.keys, key);
  if (!stored || !isExpired(stored, turn.nowMs)) return stored;
  if (!isReplica(turn.me) && !writesWait(state)) write(turn, ['DEL', key]);
  return null;
}

/** Whether a key is there and not past its time; deletes nothing. Redis: LOOKUP_NOEXPIRE. */
export function hasKey(state: Pick<ClusterState, 'keys'>, key: string, nowMs: number): boolean {
  const stored = findKey(state.keys, key);
  return stored !== null && !isExpired(stored, nowMs);
}

/** The keys that are not past their time. */
export function liveKeys(turn: Turn): string[] {
  const live = allKeys(turn.state.keys).filter((stored) => !isExpired(stored, turn.nowMs));
  return live.map(({ key }) => key);
}

/** Writes here; the replicas get it, in this form, at the end of the command. */
export function write(turn: Turn, argv: readonly string[]): void {
  turn.state.keys = applyWrite(turn.state.keys, argv);
  appendToFile(turn, argv);
  turn.propagated = followedBy(turn.propagated, argv);
}

/**
 * The end of a command: its writes go to the replicas, between MULTI and EXEC if there are several.
 */
export function propagatePending(turn: Turn): void {
  const pending = turn.propagated;
  turn.propagated = NOTHING;
  if (pending.length > 1) feedReplicas(turn, ['MULTI']);
  for (const argv of pending) feedReplicas(turn, argv);
  if (pending.length > 1) feedReplicas(turn, ['EXEC']);
}

/**
 * With each tick a master deletes what has expired; nothing while its clients' writes wait.
 * Simplified: all of it at once; redis-server takes samples until few of them have expired.
 */
export function activeExpireCycle(turn: Turn): void {
  const { state } = turn;
  if (state.keys.expiring === 0 || isReplica(myself(state)) || writesWait(state)) return;
  for (const stored of allKeys(state.keys)) {
    if (!isExpired(stored, turn.nowMs)) continue;
    write(turn, ['DEL', stored.key]);
    propagatePending(turn);
  }
}
