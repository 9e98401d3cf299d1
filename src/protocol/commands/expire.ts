/**
 * Times to live.
 * Source: expireGenericCommand, ttlGenericCommand, persistCommand, src/expire.c.
 */
import { CLOCK_ORIGIN_MS } from '../config';
import { lookupKey, write } from '../slots/database';
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
  run: (turn, { args: [key, text, ...options] }) => {
    const problem = optionProblem(options);
    if (problem) return problem;
    const amount = parseInteger(text!);
    if (amount === null) return NOT_AN_INTEGER;
    const unixMs = Number(amount) * unitMs + (isAbsolute ? 0 : CLOCK_ORIGIN_MS + turn.nowMs);
    if (Math.abs(unixMs) >= MAX_UNIX_MS) return err(`invalid expire time in '${name}' command`);
    return expire(turn, { key: key!, unixMs, options });
  },
});

interface Order {
  readonly key: string;
  readonly unixMs: number;
  /** NX, XX, GT, LT. */
  readonly options: readonly string[];
}

/** A time in the past deletes at once. */
function expire(turn: Turn, { key, unixMs, options }: Order): Reply {
  const stored = lookupKey(turn, key);
  if (!stored) return integer(0);
  const beforeMs = stored.expiresAtMs ? CLOCK_ORIGIN_MS + stored.expiresAtMs : null;
  if (!options.every((option) => isMet(option, unixMs, beforeMs))) return integer(0);
  const isPast = unixMs <= CLOCK_ORIGIN_MS + turn.nowMs;
  write(turn, isPast ? ['DEL', key] : ['PEXPIREAT', key, String(unixMs), ...options]);
  return integer(1);
}

/** Source: parseExtendedExpireArgumentsOrReply. */
function optionProblem(options: readonly string[]): Reply | null {
  const words = options.map((option) => option.toUpperCase());
  const unknown = words.findIndex((word) => !['NX', 'XX', 'GT', 'LT'].includes(word));
  if (unknown !== -1) return err(`Unsupported option ${options[unknown]}`);
  if (words.includes('NX') && words.some((word) => word !== 'NX')) {
    return err('NX and XX, GT or LT options at the same time are not compatible');
  }
  return words.includes('GT') && words.includes('LT')
    ? err('GT and LT options at the same time are not compatible')
    : null;
}

/** A key without a time to live counts as one that lives for ever. */
function isMet(option: string, unixMs: number, beforeMs: number | null): boolean {
  switch (option.toUpperCase()) {
    case 'NX':
      return beforeMs === null;
    case 'XX':
      return beforeMs !== null;
    case 'GT':
      return beforeMs !== null && unixMs > beforeMs;
    default:
      return beforeMs === null || unixMs < beforeMs;
  }
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
