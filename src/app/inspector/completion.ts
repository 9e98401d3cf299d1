/** What Tab offers at the end of what was typed: commands, their subcommands, nodes and keys. */
import { COMMAND_NAMES, lookupCommand, subcommandsOf } from '../../protocol/commands/command-table';
import { CLI_FLAGS, CLI_VALUES, SUBCOMMANDS } from '../../redis-cli/options';

export interface CompletionContext {
  /** The ports of the nodes. */
  readonly nodes: readonly string[];
  /** Keys that were spoken of. */
  readonly keys: readonly string[];
}

export interface Completion {
  /** Where the word begins that would be replaced. */
  readonly at: number;
  readonly options: readonly string[];
}

/** The words that may stand where the text ends, those that fit what is there of it. */
export function complete(text: string, context: CompletionContext): Completion {
  const at = text.search(/\S*$/);
  const before = text.slice(0, at).split(/\s+/).filter(Boolean);
  const begun = text.slice(at);
  const fits = (option: string): boolean =>
    option.toLowerCase().startsWith(begun.toLowerCase()) && option !== begun;
  const isLower = begun !== '' && begun === begun.toLowerCase();
  const options = candidates(before, context)
    .filter(fits)
    .map((option) => (isLower && /^[A-Z][A-Z-]*$/.test(option) ? option.toLowerCase() : option));
  return { at, options };
}

function candidates(before: readonly string[], context: CompletionContext): readonly string[] {
  const [first] = before;
  if (first === undefined) return [...COMMAND_NAMES, 'redis-cli'];
  if (first === 'redis-cli') return toolWords(before.slice(1), context);
  const subcommands = subcommandsOf(first);
  if (before.length === 1 && subcommands.length > 0) return subcommands;
  if (first.toUpperCase() === 'CLUSTER') return clusterWords(before.slice(1), context);
  return keysOf(before, context);
}

/** After `redis-cli`: options, nodes, and the subcommands of --cluster. */
function toolWords(before: readonly string[], { nodes }: CompletionContext): readonly string[] {
  const last = before.at(-1);
  if (last === '-p') return nodes;
  if (last === '--cluster') return SUBCOMMANDS.map(({ name }) => name);
  if (!before.includes('--cluster')) return ['-c', '-p', '--cluster'];
  const addresses = nodes.map((port) => `127.0.0.1:${port}`);
  return [...addresses, ...CLI_FLAGS, ...CLI_VALUES];
}

const SETSLOT_STATES = ['IMPORTING', 'MIGRATING', 'NODE', 'STABLE'];

/** After `CLUSTER x`: `@8901` stands for the id a person would copy. */
function clusterWords(before: readonly string[], { nodes, keys }: CompletionContext) {
  const subcommand = before[0]!.toUpperCase();
  if (subcommand === 'SETSLOT' && before.length === 2) return SETSLOT_STATES;
  if (subcommand === 'KEYSLOT') return keys;
  if (subcommand === 'MEET') return before.length === 1 ? ['127.0.0.1'] : nodes;
  if (subcommand === 'FAILOVER') return ['FORCE', 'TAKEOVER'];
  if (subcommand === 'RESET') return ['HARD', 'SOFT'];
  return nodes.map((port) => `@${port}`);
}

/** Keys, where the command has one at this place. */
function keysOf(before: readonly string[], { keys }: CompletionContext): readonly string[] {
  // A command that lacks words has no keys yet; enough of them says where its keys stand.
  const mark = '\0';
  for (let more = 0; more < 3; more++) {
    const found = lookupCommand([...before, mark, ...Array<string>(more).fill('1')]);
    if (found.error === null)
      return found.spec.keys([...before.slice(1), mark]).includes(mark) ? keys : [];
  }
  return [];
}
