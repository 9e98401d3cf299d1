/**
 * What a client says about its own connection.
 * Source: pingCommand, src/server.c; selectCommand, src/db.c; askingCommand, readonlyCommand,
 * readwriteCommand, src/cluster.c; resetCommand, quitCommand, src/networking.c.
 */
import { isSubscribed } from '../messages/pubsub';
import { OK, err, type Reply } from '../reply';
import { dropClient, editSession, sessionOf, type Session } from '../sessions';
import { NOT_AN_INTEGER, noKeys, parseInteger, type Commands, type CommandSpec } from './command';
import { array, bulk } from './subcommand';

/** A command that only changes what the node remembers of this connection. */
const remembers = (change: Partial<Session>): CommandSpec => ({
  arity: 1,
  isWrite: false,
  keys: noKeys,
  run: (turn, { client }) => {
    editSession(turn, client, change);
    return OK;
  },
});

export const CONNECTION_COMMANDS: Commands = {
  PING: {
    arity: -1,
    isWrite: false,
    keys: noKeys,
    isForSubscribers: true,
    run: (turn, { args, client }) => {
      if (args.length > 1) return err("wrong number of arguments for 'ping' command");
      // Among messages of channels, an answer has to look like one.
      if (isSubscribed(sessionOf(turn.state, client)))
        return array([bulk('pong'), bulk(args[0] ?? '')]);
      return args.length === 1 ? bulk(args[0]!) : { type: 'status', text: 'PONG' };
    },
  },
  SELECT: { arity: 2, isWrite: false, keys: noKeys, run: (_, { args }) => select(args[0]!) },
  /** For the next command only: the client was sent here by ASK. */
  ASKING: remembers({ asking: true }),
  /** Reads of the master's slots may be answered by this replica, until READWRITE. */
  READONLY: remembers({ readonly: true }),
  READWRITE: remembers({ readonly: false }),
  /** As after connecting: no transaction, no channels, no READONLY. */
  RESET: forgets(1, { type: 'status', text: 'RESET' }),
  /** Simplified: the connection stays open, as one that knows nothing yet. */
  QUIT: forgets(-1, OK),
};

function forgets(arity: number, reply: Reply): CommandSpec {
  return {
    arity,
    isWrite: false,
    isNeverQueued: true,
    isForSubscribers: true,
    keys: noKeys,
    run: (turn, { client }) => {
      dropClient(turn, client);
      return reply;
    },
  };
}

function select(text: string): Reply {
  const database = parseInteger(text);
  if (database === null) return NOT_AN_INTEGER;
  if (BigInt.asIntN(32, database) !== database) {
    return err('value is out of range, value must between -2147483648 and 2147483647');
  }
  return database === 0n ? OK : err('SELECT is not allowed in cluster mode');
}
