/**
 * What a write does to the keys, in the form in which it travels to replicas: a master has made up
 * its mind by then, and times to live are moments of the Unix clock.
 * Source: call, alsoPropagate, src/server.c; src/t_string.c, src/db.c, src/expire.c.
 */
import { CLOCK_ORIGIN_MS } from '../config';
import { loadPayload } from './dump-payload';
import {
  NO_KEYS,
  findKey,
  withKeys,
  withoutKeys,
  type Keyspace,
  type StoredKey,
} from '../keyspace';

/** The keys after a propagated write; a command that writes nothing leaves them as they are. */
export function applyWrite(keys: Keyspace, argv: readonly string[]): Keyspace {
  const [name = '', ...args] = argv;
  return EFFECTS[name.toUpperCase()]?.(keys, args) ?? keys;
}

type Effect = (keys: Keyspace, args: readonly string[]) => Keyspace;

const EFFECTS: Readonly<Record<string, Effect>> = {
  SET: (keys, [key, value, ...options]) => withKeys(keys, [setKey(keys, key!, value!, options)]),
  MSET: (keys, args) => withKeys(keys, pairs(args)),
  MSETNX: (keys, args) => withKeys(keys, pairs(args)),
  APPEND: (keys, [key, tail]) => change(keys, key!, (value) => (value ?? '') + tail!),
  INCRBY: (keys, [key, by]) => change(keys, key!, (value) => add(value, by!)),
  DECRBY: (keys, [key, by]) => change(keys, key!, (value) => add(value, `${-BigInt(by!)}`)),
  INCR: (keys, [key]) => change(keys, key!, (value) => add(value, '1')),
  DECR: (keys, [key]) => change(keys, key!, (value) => add(value, '-1')),
  DEL: withoutKeys,
  UNLINK: withoutKeys,
  PEXPIREAT: (keys, [key, unixMs]) => expireAt(keys, key!, Number(unixMs) - CLOCK_ORIGIN_MS),
  PERSIST: (keys, [key]) => expireAt(keys, key!, 0),
  RESTORE: restore,
  'RESTORE-ASKING': restore,
  FLUSHALL: () => NO_KEYS,
  FLUSHDB: () => NO_KEYS,
};

function setKey(keys: Keyspace, key: string, value: string, options: readonly string[]): StoredKey {
  const words = options.map((word) => word.toUpperCase());
  const pxat = words.indexOf('PXAT');
  if (pxat !== -1) {
    return { key, value, expiresAtMs: Number(options[pxat + 1]) - CLOCK_ORIGIN_MS };
  }
  const kept = words.includes('KEEPTTL') ? findKey(keys, key)?.expiresAtMs : undefined;
  return { key, value, expiresAtMs: kept ?? 0 };
}

function pairs(args: readonly string[]): StoredKey[] {
  const stored: StoredKey[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    stored.push({ key: args[i]!, value: args[i + 1]!, expiresAtMs: 0 });
  }
  return stored;
}

function change(
  keys: Keyspace,
  key: string,
  next: (value: string | undefined) => string,
): Keyspace {
  const before = findKey(keys, key);
  const value = next(before?.value);
  return withKeys(keys, [{ key, value, expiresAtMs: before?.expiresAtMs ?? 0 }]);
}

const add = (value: string | undefined, by: string): string =>
  String(BigInt(value ?? '0') + BigInt(by));

function expireAt(keys: Keyspace, key: string, expiresAtMs: number): Keyspace {
  const before = findKey(keys, key);
  return before ? withKeys(keys, [{ ...before, expiresAtMs }]) : keys;
}

/** RESTORE key ttl payload [REPLACE] [ABSTTL]: a time to live is absolute by now. */
function restore(keys: Keyspace, [key, ttl, payload]: readonly string[]): Keyspace {
  const expiresAtMs = ttl === '0' ? 0 : Number(ttl) - CLOCK_ORIGIN_MS;
  return withKeys(keys, [{ key: key!, value: loadPayload(payload!), expiresAtMs }]);
}
