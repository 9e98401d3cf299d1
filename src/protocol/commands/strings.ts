/**
 * String commands and the few a connection needs.
 * Source: src/t_string.c, src/db.c; the WRITE flags of src/commands/*.json.
 */
import { findKey } from '../keyspace';
import { feedReplicas } from '../replication';
import { NIL, OK, err, type Reply } from '../reply';
import { editSession } from '../sessions';
import type { Turn } from '../turn';
import { applyWrite } from '../write-effects';
import type { CommandSpec } from './command';

const noKeys = (): readonly string[] => [];
const firstKey = (args: readonly string[]): readonly string[] => args.slice(0, 1);
const allKeys = (args: readonly string[]): readonly string[] => args;
const everyOther = (args: readonly string[]): readonly string[] =>
  args.filter((_, i) => i % 2 === 0);

/** Writes here and on the replicas' streams. The reply does not wait for them. */
function write(turn: Turn, argv: readonly string[]): void {
  turn.state.keys = applyWrite(turn.state.keys, argv);
  feedReplicas(turn, argv);
}

function valueOf(turn: Turn, key: string): Reply {
  const stored = findKey(turn.state.keys, key);
  return stored ? { type: 'bulk', text: stored.value } : NIL;
}

export const STRING_COMMANDS: Readonly<Record<string, CommandSpec>> = {
  PING: {
    arity: -1,
    isWrite: false,
    keys: noKeys,
    run: (_, { args }) =>
      args[0] ? { type: 'bulk', text: args[0] } : { type: 'status', text: 'PONG' },
  },
  GET: {
    arity: 2,
    isWrite: false,
    keys: firstKey,
    run: (turn, { args }) => valueOf(turn, args[0]!),
  },
  // Simplified: SET takes no options (EX, NX, …).
  SET: {
    arity: -3,
    isWrite: true,
    keys: firstKey,
    run: (turn, { args }) => {
      if (args.length > 2) return err('syntax error');
      write(turn, ['SET', ...args]);
      return OK;
    },
  },
  MGET: {
    arity: -2,
    isWrite: false,
    keys: allKeys,
    run: (turn, { args }) => ({
      type: 'array',
      items: args.map((key) => valueOf(turn, key)),
    }),
  },
  MSET: {
    arity: -3,
    isWrite: true,
    keys: everyOther,
    run: (turn, { args }) => {
      if (args.length % 2 === 1) return err("wrong number of arguments for 'mset' command");
      write(turn, ['MSET', ...args]);
      return OK;
    },
  },
  DEL: {
    arity: -2,
    isWrite: true,
    keys: allKeys,
    run: (turn, { args }) => {
      const present = args.filter((key) => findKey(turn.state.keys, key));
      if (present.length > 0) write(turn, ['DEL', ...present]);
      return { type: 'integer', value: present.length };
    },
  },
  EXISTS: {
    arity: -2,
    isWrite: false,
    keys: allKeys,
    run: (turn, { args }) => ({
      type: 'integer',
      value: args.filter((key) => findKey(turn.state.keys, key)).length,
    }),
  },
  DBSIZE: {
    arity: 1,
    isWrite: false,
    keys: noKeys,
    run: (turn) => ({ type: 'integer', value: turn.state.keys.count }),
  },
  READONLY: {
    arity: 1,
    isWrite: false,
    keys: noKeys,
    run: (turn, { client }) => setReadonly(turn, client, true),
  },
  READWRITE: {
    arity: 1,
    isWrite: false,
    keys: noKeys,
    run: (turn, { client }) => setReadonly(turn, client, false),
  },
};

function setReadonly(turn: Turn, client: string, on: boolean): Reply {
  editSession(turn, client, { readonly: on });
  return OK;
}
