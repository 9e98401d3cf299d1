/**
 * Commands that hold subcommands: CLUSTER, CONFIG, CLIENT, PUBSUB, COMMAND.
 * Source: commandCheckExistence, commandCheckArity, src/server.c; addReplyHelp,
 * addReplySubcommandSyntaxError, src/networking.c.
 */
import { err, type Reply } from '../reply';
import { arityFits, noKeys, type CommandSpec } from './command';
import type { Subcommand, Subcommands } from './subcommand';

/** Of a word that is quoted in an error, this much. */
const QUOTED_CHARACTERS = 128;

/** `name` in capitals; `subcommands` by their names in capitals; `help` without head and foot. */
export function containerCommand(
  name: string,
  subcommands: Subcommands,
  help: readonly string[],
): CommandSpec {
  const all: Subcommands = { ...subcommands, HELP: { arity: 2, run: () => printHelp(name, help) } };
  const find = (word: string): Subcommand | undefined => {
    const key = word.toUpperCase();
    return Object.hasOwn(all, key) ? all[key] : undefined;
  };
  return {
    arity: -2,
    isWrite: false,
    isContainer: true,
    subcommands: Object.keys(all),
    keys: noKeys,
    check: (args) => {
      const word = args[0]!;
      const subcommand = find(word);
      if (!subcommand) {
        return err(`unknown subcommand '${quoted(word)}'. Try ${name} HELP.`);
      }
      return arityFits(subcommand.arity, args.length + 1) ? null : wrongArity(name, word);
    },
    run: (turn, call) => {
      const [word, ...rest] = call.args;
      const { most, run } = find(word!)!;
      if (most !== undefined && call.args.length + 1 > most) return syntaxError(name, word!);
      return run(turn, rest, call);
    },
  };
}

/** `-ERR wrong number of arguments for 'cluster|meet' command`. */
export function wrongArity(name: string, word: string): Reply {
  const fullName = `${name}|${word}`.toLowerCase();
  return err(`wrong number of arguments for '${fullName}' command`);
}

/** The words number right for some form of the subcommand, but not for this one. */
function syntaxError(name: string, word: string): Reply {
  const text = `unknown subcommand or wrong number of arguments for '${quoted(word)}'`;
  return err(`${text}. Try ${name} HELP.`);
}

const quoted = (word: string): string => word.slice(0, QUOTED_CHARACTERS);

function printHelp(name: string, help: readonly string[]): Reply {
  const head = `${name} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`;
  const lines = [head, ...help, 'HELP', '    Prints this help.'];
  return { type: 'array', items: lines.map((text): Reply => ({ type: 'status', text })) };
}
