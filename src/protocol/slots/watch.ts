/**
 * WATCH: a transaction that does nothing if one of its keys has changed meanwhile.
 * Source: watchForKey, unwatchAllKeys, touchWatchedKey, isWatchedKeyExpired, src/multi.c.
 */
import { isExpired } from './database';
import { findKey, type Keyspace } from '../keyspace';
import { editSession, sessionOf } from '../sessions';
import type { Turn } from '../turn';

/** From now on changes of these keys are noticed for `client`. */
export function watchKeys(turn: Turn, client: string, keys: readonly string[]): void {
  const { watched, touched } = sessionOf(turn.state, client);
  if (touched) return;
  const known = new Set(watched.map(({ key }) => key));
  const added = [...new Set(keys)].filter((key) => !known.has(key));
  const news = added.map((key) => ({ key, wasExpired: isPast(turn, key) }));
  editSession(turn, client, { watched: [...watched, ...news] });
}

function isPast(turn: Turn, key: string): boolean {
  const stored = findKey(turn.state.keys, key);
  return stored !== null && isExpired(stored, turn.nowMs);
}

/** Nothing is watched any more, and nothing has changed. */
export function unwatchKeys(turn: Turn, client: string): void {
  editSession(turn, client, { watched: [], touched: false });
}

/**
 * Marks whoever watches a key that has changed since `before`, in this turn. Not for keys of lost
 * slots: those redis-server deletes without a word.
 */
export function touchWatched(turn: Turn, before: Keyspace): void {
  const { state } = turn;
  if (state.keys === before) return;
  for (const [client, { watched }] of Object.entries(state.sessions)) {
    const changed = watched.filter(({ key }) => findKey(before, key) !== findKey(state.keys, key));
    if (changed.length === 0) continue;
    const isGone = (key: string): boolean => findKey(state.keys, key) === null;
    const touched = changed.some(({ key, wasExpired }) => !(wasExpired && isGone(key)));
    if (touched) editSession(turn, client, { watched: [], touched: true });
    else {
      const rest = watched.map((one) => (isGone(one.key) ? { ...one, wasExpired: false } : one));
      editSession(turn, client, { watched: rest });
    }
  }
}

/** Whether EXEC must do nothing: a watched key has changed, or its time has come. */
export function isOutdated(turn: Turn, client: string): boolean {
  const { watched, touched } = sessionOf(turn.state, client);
  return touched || watched.some(({ key, wasExpired }) => !wasExpired && isPast(turn, key));
}
