/**
 * Times to live.
 * Source: expireGenericCommand, ttlGenericCommand, persistCommand, src/expire.c.
 * Simplified: EXPIRE and its kin take no NX, XX, GT or LT.
 */
import { CLOCK_ORIGIN_MS } from '../config';
import { lookupKey, write } from '../database';
import { err, type Reply } from '../reply';
import type { Turn } from '../turn';
import { NOT_AN_INTEGER, firstKey, parseInteger, type Commands, type CommandSpec } from './command';

/** Largest moment redis-server stores, Unix milliseconds. */
const MAX_UNIX_MS = 2 ** 63;

const integer = (value: number): Reply => ({ type: 'integer', value });

/** `unitMs` milliseconds a unit, counted from now or, if absolute, from 1970. */
const expires = (name: string, unitMs: number, isAbsolute: boolean): CommandSpec => ({
  arity: -3,
  isWrite: true,
  keys: firstKey,
  run: (turn, { args: [key, text, option] }) => {
    if (option !== undefined) return err(`Unsupported option ${option}`);
    const amount = parseInteger(text!);
    if (amount === null) return NOT_AN_INTEGER;
    const unixMs = Number(amount) * unitMs + (isAbsolute ? 0 : CLOCK_ORIGIN_MS + turn.nowMs);
    if (Math.abs(unixMs) >= MAX_UNIX_MS) return err(`invalid expire time in '${name}' command`);
    return expire(turn, key!, unixMs);
  },
});

/** A time in the past deletes at once. */
function expire(turn: Turn, key: string, unixMs: number): Reply {
  if (!lookupKey(turn, key)) return integer(0);
  const isPast = unixMs <= CLOCK_ORIGIN_MS + turn.nowMs;
  write(turn, isPast ? ['DEL', key] : ['PEXPIREAT', key, String(unixMs)]);
  return integer(1);
}

/** What `of` makes of the milliseconds left; -1 without a time to live, -2 without the key. */
const tells = (of: (leftMs: number, turn: Turn) => number): CommandSpec => ({
  arity: 2,
  isWrite: false,
  keys: firstKey,
  run: (turn, { args: [key] }) => {
    const stored = lookupKey(turn, key!);
    if (!stored) return integer(-2);
    if (!stored.expiresAtMs) return integer(-1);
    return integer(of(stored.expiresAtMs - turn.nowMs, turn));
  },
});

export const EXPIRE_COMMANDS: Commands = {
  EXPIRE: expires('expire', 1_000, false),
  PEXPIRE: expires('pexpire', 1, false),
  EXPIREAT: expires('expireat', 1_000, true),
  PEXPIREAT: expires('pexpireat', 1, true),
  TTL: tells((leftMs) => Math.floor((leftMs + 500) / 1_000)),
  PTTL: tells((leftMs) => leftMs),
  PERSIST: {
    arity: 2,
    isWrite: true,
    keys: firstKey,
    run: (turn, { args: [key] }) => {
      if (!lookupKey(turn, key!)?.expiresAtMs) return integer(0);
      write(turn, ['PERSIST', key!]);
      return integer(1);
    },
  },
};
