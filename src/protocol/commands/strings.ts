/**
 * String commands.
 * Source: src/t_string.c.
 */
import { bytesOf } from '../byte-text';
import { CLOCK_ORIGIN_MS } from '../config';
import { lookupKey, write } from '../slots/database';
import { NIL, OK, err, type Reply } from '../reply';
import type { Turn } from '../turn';
import {
  NOT_AN_INTEGER,
  everyKey,
  everyOther,
  firstKey,
  parseInteger,
  type Commands,
  type CommandSpec,
} from './command';

type Run = (turn: Turn, args: readonly string[]) => Reply;

const reads = (arity: number, keys: CommandSpec['keys'], run: Run): CommandSpec => ({
  arity,
  isWrite: false,
  keys,
  run: (turn, { args }) => run(turn, args),
});
const writes = (arity: number, keys: CommandSpec['keys'], run: Run): CommandSpec => ({
  ...reads(arity, keys, run),
  isWrite: true,
});

export const STRING_COMMANDS: Commands = {
  GET: reads(2, firstKey, (turn, [key]) => valueOf(turn, key!)),
  MGET: reads(-2, everyKey, (turn, keys) => ({
    type: 'array',
    items: keys.map((key) => valueOf(turn, key)),
  })),
  SET: writes(-3, firstKey, set),
  MSET: writes(-3, everyOther, mset),
  APPEND: writes(3, firstKey, append),
  INCR: writes(2, firstKey, (turn, [key]) => increment(turn, ['INCR', key!], 1n)),
  DECR: writes(2, firstKey, (turn, [key]) => increment(turn, ['DECR', key!], -1n)),
  INCRBY: writes(3, firstKey, (turn, args) => incrementBy(turn, 'INCRBY', args, 1n)),
  DECRBY: writes(3, firstKey, (turn, args) => incrementBy(turn, 'DECRBY', args, -1n)),
};

function valueOf(turn: Turn, key: string): Reply {
  const stored = lookupKey(turn, key);
  return stored ? { type: 'bulk', text: stored.value } : NIL;
}

function mset(turn: Turn, args: readonly string[]): Reply {
  if (args.length % 2 === 1) return err("wrong number of arguments for 'mset' command");
  write(turn, ['MSET', ...args]);
  return OK;
}

interface SetOptions {
  readonly words: readonly string[];
  /** EX, PX, EXAT or PXAT with its number. */
  readonly expiry: readonly [unit: string, amount: string] | null;
}

function set(turn: Turn, [key, value, ...rest]: readonly string[]): Reply {
  const options = parseSetOptions(rest);
  if (!options) return err('syntax error');
  const atMs = options.expiry ? expiryMs(options.expiry, turn.nowMs) : 0;
  if (atMs === null) return NOT_AN_INTEGER;
  if (Number.isNaN(atMs)) return err("invalid expire time in 'set' command");
  const { words } = options;
  const before = lookupKey(turn, key!);
  const old: Reply = before ? { type: 'bulk', text: before.value } : NIL;
  const isWanted = !(words.includes('NX') && before) && !(words.includes('XX') && !before);
  if (isWanted) {
    const kept = words.filter((word) => word !== 'GET');
    const expiry = ['PXAT', String(CLOCK_ORIGIN_MS + atMs)];
    write(turn, ['SET', key!, value!, ...(options.expiry ? expiry : kept)]);
  }
  if (words.includes('GET')) return old;
  return isWanted ? OK : NIL;
}

const UNITS = ['EX', 'PX', 'EXAT', 'PXAT'];

/** Source: parseExtendedStringArgumentsOrReply. */
function parseSetOptions(rest: readonly string[]): SetOptions | null {
  const words: string[] = [];
  let expiry: SetOptions['expiry'] = null;
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!.toUpperCase();
    const isUnit = UNITS.includes(word);
    if (isUnit && (expiry || words.includes('KEEPTTL') || rest[i + 1] === undefined)) return null;
    if (isUnit) expiry = [word, rest[++i]!];
    else if (['NX', 'XX', 'GET', 'KEEPTTL'].includes(word)) words.push(word);
    else return null;
  }
  const clashes = words.includes('NX') && words.includes('XX');
  return clashes || (expiry && words.includes('KEEPTTL')) ? null : { words, expiry };
}

/** Virtual milliseconds; null if it is no integer, NaN if it is not above zero. */
function expiryMs([unit, text]: readonly [string, string], nowMs: number): number | null {
  const amount = parseInteger(text);
  if (amount === null) return null;
  if (amount <= 0n) return Number.NaN;
  const ms = Number(amount) * (unit.startsWith('EX') ? 1_000 : 1);
  return unit.endsWith('AT') ? ms - CLOCK_ORIGIN_MS : nowMs + ms;
}

function append(turn: Turn, [key, tail]: readonly string[]): Reply {
  const before = lookupKey(turn, key!)?.value ?? '';
  write(turn, ['APPEND', key!, tail!]);
  return { type: 'integer', value: bytesOf(before + tail!).length };
}

function incrementBy(
  turn: Turn,
  name: 'INCRBY' | 'DECRBY',
  [key, by]: readonly string[],
  sign: bigint,
): Reply {
  const amount = parseInteger(by!);
  if (amount === null) return NOT_AN_INTEGER;
  // It has no counterpart above zero.
  const isLeast = amount === -(2n ** 63n);
  if (sign < 0n && isLeast) return err('decrement would overflow');
  return increment(turn, [name, key!, by!], sign * amount);
}

function increment(turn: Turn, argv: readonly string[], by: bigint): Reply {
  const before = parseInteger(lookupKey(turn, argv[1]!)?.value ?? '0');
  if (before === null) return NOT_AN_INTEGER;
  const after = before + by;
  if (BigInt.asIntN(64, after) !== after) return err('increment or decrement would overflow');
  write(turn, argv);
  return { type: 'integer', value: Number(after) };
}
