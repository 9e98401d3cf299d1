/**
 * One command from one client: look it up, route it, run it.
 * Source: processCommand, src/server.c.
 */
import { redirectFor } from '../routing';
import { err, type Reply } from '../reply';
import { sessionOf } from '../sessions';
import type { Turn } from '../turn';
import { letWait, mustWait } from '../write-pause';
import { arityFits, type CommandSpec } from './command';
import { CLUSTER_COMMAND } from './cluster';
import { STRING_COMMANDS } from './strings';

const COMMANDS: Readonly<Record<string, CommandSpec>> = {
  ...STRING_COMMANDS,
  CLUSTER: CLUSTER_COMMAND,
};

/**
 * The reply to `argv`, or null if it comes later; the turn holds what the command changed.
 */
export function processCommand(
  turn: Turn,
  call: {
    readonly client: string;
    readonly command: number;
    readonly argv: readonly string[];
    readonly asking: boolean;
  },
): Reply | null {
  const [name = '', ...args] = call.argv;
  const spec = COMMANDS[name.toUpperCase()];
  if (!spec) return unknownCommand(name, args);
  if (!arityFits(spec.arity, call.argv.length)) {
    return err(`wrong number of arguments for '${name.toLowerCase()}' command`);
  }
  const redirect = redirectFor(turn.state, {
    keys: spec.keys(args),
    isWrite: spec.isWrite,
    asking: call.asking,
    readonlyClient: sessionOf(turn.state, call.client).readonly,
  });
  if (redirect) return redirect;
  const mayReplicate = spec.isWrite || spec.mayReplicate === true;
  if (mustWait(turn, { client: call.client, mayReplicate })) return letWait(turn, call);
  return spec.run(turn, { args, client: call.client, command: call.command });
}

/**
 * Source: the unknown-command branch of processCommand; arguments are quoted up to 128 characters.
 */
function unknownCommand(name: string, args: readonly string[]): Reply {
  let quoted = '';
  for (const arg of args) {
    if (quoted.length >= 128) break;
    quoted += `'${arg.slice(0, 128 - quoted.length)}' `;
  }
  return err(`unknown command '${name.slice(0, 128)}', with args beginning with: ${quoted}`);
}
