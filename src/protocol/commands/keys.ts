/**
 * Commands about keys, whatever their values.
 * Source: src/db.c.
 */
import { lookupKey, liveKeys, write } from '../slots/database';
import { matchesGlob } from '../glob';
import { NIL, OK, err, type Reply } from '../reply';
import type { Turn } from '../turn';
import {
  NOT_AN_INTEGER,
  everyKey,
  firstKey,
  noKeys,
  type Commands,
  type CommandSpec,
} from './command';

const bulk = (text: string): Reply => ({ type: 'bulk', text });

export const KEY_COMMANDS: Commands = {
  DEL: {
    arity: -2,
    isWrite: true,
    keys: everyKey,
    run: (turn, { args }) => remove(turn, 'DEL', args),
  },
  UNLINK: {
    arity: -2,
    isWrite: true,
    keys: everyKey,
    run: (turn, { args }) => remove(turn, 'UNLINK', args),
  },
  EXISTS: {
    arity: -2,
    isWrite: false,
    keys: everyKey,
    run: (turn, { args }) => ({
      type: 'integer',
      value: args.filter((key) => lookupKey(turn, key)).length,
    }),
  },
  TYPE: {
    arity: 2,
    isWrite: false,
    keys: firstKey,
    run: (turn, { args }) => ({
      type: 'status',
      text: lookupKey(turn, args[0]!) ? 'string' : 'none',
    }),
  },
  /** Simplified: the oldest key of the lowest slot; in redis-server, any. */
  RANDOMKEY: { arity: 1, isWrite: false, keys: noKeys, run: (turn) => anyKey(turn) },
  /** Expired keys count until they are deleted. */
  DBSIZE: {
    arity: 1,
    isWrite: false,
    keys: noKeys,
    run: (turn) => ({ type: 'integer', value: turn.state.keys.count }),
  },
  KEYS: {
    arity: 2,
    isWrite: false,
    keys: noKeys,
    run: (turn, { args }) => ({ type: 'array', items: matching(turn, args[0]!).map(bulk) }),
  },
  SCAN: { arity: -2, isWrite: false, keys: noKeys, run: (turn, { args }) => scan(turn, args) },
  FLUSHALL: flushes('FLUSHALL'),
  FLUSHDB: flushes('FLUSHDB'),
};

function remove(turn: Turn, name: 'DEL' | 'UNLINK', keys: readonly string[]): Reply {
  const present = [...new Set(keys)].filter((key) => lookupKey(turn, key));
  if (present.length > 0) write(turn, [name, ...keys]);
  return { type: 'integer', value: present.length };
}

function anyKey(turn: Turn): Reply {
  const key = liveKeys(turn).at(0);
  return key === undefined ? NIL : bulk(key);
}

function matching(turn: Turn, pattern: string): string[] {
  return liveKeys(turn).filter((key) => matchesGlob(pattern, key));
}

/** Simplified: the first call returns every key, whatever COUNT says, and cursor 0. */
function scan(turn: Turn, [cursor, ...rest]: readonly string[]): Reply {
  if (!/^\d+$/.test(cursor!)) return err('invalid cursor');
  let pattern = '*';
  for (let i = 0; i < rest.length; i += 2) {
    const [word, value] = [rest[i]!.toUpperCase(), rest[i + 1]];
    if (value === undefined || !['MATCH', 'COUNT', 'TYPE'].includes(word))
      return err('syntax error');
    if (word === 'COUNT' && !/^-?\d+$/.test(value)) return NOT_AN_INTEGER;
    if (word === 'COUNT' && Number(value) < 1) return err('syntax error');
    if (word === 'MATCH') pattern = value;
  }
  const keys = cursor === '0' ? matching(turn, pattern) : [];
  return { type: 'array', items: [bulk('0'), { type: 'array', items: keys.map(bulk) }] };
}

/** Everything in this node goes; other masters keep what they have. */
function flushes(name: string): CommandSpec {
  return {
    arity: -1,
    isWrite: true,
    keys: noKeys,
    run: (turn, { args }) => flush(turn, name, args),
  };
}

function flush(turn: Turn, name: string, args: readonly string[]): Reply {
  const isFine = args.length === 0 || (args.length === 1 && /^(async|sync)$/i.test(args[0]!));
  if (!isFine) return err('syntax error');
  write(turn, [name, ...args]);
  return OK;
}
