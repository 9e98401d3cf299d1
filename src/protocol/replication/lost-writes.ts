/**
 * What a master loses when a copy of another's data replaces its own.
 * Source: none; redis-server flushes its data without looking (readSyncBulkPayload).
 */
import { allKeys, findKey, type Keyspace } from '../keyspace';

/** Keys that `copy` does not hold, or holds with another value, slot by slot; expired ones aside. */
export function lostKeys(mine: Keyspace, copy: Keyspace, nowMs: number): string[] {
  return allKeys(mine)
    .filter(({ expiresAtMs }) => expiresAtMs === 0 || expiresAtMs > nowMs)
    .filter(({ key, value }) => findKey(copy, key)?.value !== value)
    .map(({ key }) => key);
}
