/**
 * Transactions: queue now, run together.
 * Source: multiCommand, execCommand, discardCommand, watchCommand, unwatchCommand, src/multi.c.
 */
import { NIL, OK, err, type Reply } from '../reply';
import { editSession, endTransaction, sessionOf } from '../sessions';
import type { Turn } from '../turn';
import { isOutdated, unwatchKeys, watchKeys } from '../slots/watch';
import {
  everyKey,
  noKeys,
  type CommandCall,
  type Commands,
  type CommandSpec,
  type Lookup,
} from './command';

const transaction = (run: CommandSpec['run']): CommandSpec => ({
  arity: 1,
  isWrite: false,
  isNeverQueued: true,
  keys: noKeys,
  run,
});

/** MULTI, DISCARD and EXEC; `lookup` finds what was queued. */
export const transactionCommands = (lookup: (argv: readonly string[]) => Lookup): Commands => ({
  MULTI: transaction((turn, { client }) => {
    const { queued } = sessionOf(turn.state, client);
    if (queued !== null) return err('MULTI calls can not be nested');
    editSession(turn, client, { queued: [] });
    return OK;
  }),
  DISCARD: transaction((turn, { client }) => {
    const { queued } = sessionOf(turn.state, client);
    if (queued === null) return err('DISCARD without MULTI');
    endTransaction(turn, client);
    return OK;
  }),
  EXEC: transaction((turn, call) => exec(turn, call, lookup)),
  WATCH: {
    ...transaction((turn, { client, args }) => {
      if (sessionOf(turn.state, client).queued !== null) {
        return err('WATCH inside MULTI is not allowed');
      }
      watchKeys(turn, client, args);
      return OK;
    }),
    arity: -2,
    keys: everyKey,
  },
  UNWATCH: {
    ...transaction((turn, { client }) => {
      unwatchKeys(turn, client);
      return OK;
    }),
    isNeverQueued: false,
  },
});

function exec(turn: Turn, call: CommandCall, lookup: (argv: readonly string[]) => Lookup): Reply {
  const { queued, spoilt } = sessionOf(turn.state, call.client);
  if (queued === null) return err('EXEC without MULTI');
  if (spoilt) {
    endTransaction(turn, call.client);
    const text = 'EXECABORT Transaction discarded because of previous errors.';
    return { type: 'error', text };
  }
  if (isOutdated(turn, call.client)) {
    endTransaction(turn, call.client);
    return NIL;
  }
  const items = queued.map((argv) =>
    runQueued(turn, { ...call, args: argv.slice(1) }, lookup(argv)),
  );
  endTransaction(turn, call.client);
  return { type: 'array', items };
}

function runQueued(turn: Turn, call: CommandCall, found: Lookup): Reply {
  if (found.error) return found.error;
  const reply = found.spec.run(turn, call);
  if (!reply) throw new Error('a command of a transaction wants to answer later');
  return reply;
}
