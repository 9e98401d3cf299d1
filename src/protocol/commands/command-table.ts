/**
 * The command table, and looking a command up.
 * Source: lookupCommand, commandCheckExistence, commandCheckArity, src/server.c.
 */
import { err, type Reply } from '../reply';
import { CLUSTER_COMMAND } from './cluster';
import { arityFits, type Commands, type Lookup } from './command';
import { CONNECTION_COMMANDS } from './connection';
import { DUMP_COMMANDS } from './dump';
import { EXPIRE_COMMANDS } from './expire';
import { FUNCTION_COMMANDS } from './functions';
import { KEY_COMMANDS } from './keys';
import { MIGRATE_COMMAND } from './migrate';
import { PUBSUB_COMMANDS } from './pubsub';
import { REPLICATION_COMMANDS } from './replication';
import { SERVER_COMMANDS } from './server';
import { STRING_COMMANDS } from './strings';
import { transactionCommands } from './transactions';

const COMMANDS: Commands = {
  ...CONNECTION_COMMANDS,
  ...STRING_COMMANDS,
  ...KEY_COMMANDS,
  ...EXPIRE_COMMANDS,
  ...DUMP_COMMANDS,
  ...transactionCommands(lookupCommand),
  ...PUBSUB_COMMANDS,
  ...SERVER_COMMANDS,
  ...FUNCTION_COMMANDS,
  ...REPLICATION_COMMANDS,
  MIGRATE: MIGRATE_COMMAND,
  CLUSTER: CLUSTER_COMMAND,
};

/** Every command of the table, by its name in capitals. */
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

/** The subcommands of a command, in capitals; none if it holds none or is unknown. */
export function subcommandsOf(name: string): readonly string[] {
  const key = name.toUpperCase();
  return (Object.hasOwn(COMMANDS, key) && COMMANDS[key]?.subcommands) || [];
}

/** The command, or the error about its name or the number of its words. */
export function lookupCommand(argv: readonly string[]): Lookup {
  const [name = '', ...args] = argv;
  const key = name.toUpperCase();
  const spec = Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
  if (!spec) return { error: unknownCommand(name, args) };
  if (!arityFits(spec.arity, argv.length)) {
    return { error: err(`wrong number of arguments for '${name.toLowerCase()}' command`) };
  }
  const problem = spec.check?.(args);
  return problem ? { error: problem } : { spec, error: null };
}

/** Arguments are quoted up to 128 characters. */
function unknownCommand(name: string, args: readonly string[]): Reply {
  let quoted = '';
  for (const arg of args) {
    if (quoted.length >= 128) break;
    quoted += `'${arg.slice(0, 128 - quoted.length)}' `;
  }
  return err(`unknown command '${name.slice(0, 128)}', with args beginning with: ${quoted}`);
}
