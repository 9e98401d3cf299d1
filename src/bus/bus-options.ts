/** What `npm run bus` is told on its command line, or one sentence on what is wrong with it. */
import { nearestWord } from '../lesson/nearest-word';

export type BusCommand =
  /** `input`: a file, or - for what comes in on stdin. */
  | { readonly command: 'decode'; readonly input: string }
  | { readonly command: 'encode'; readonly input: string; readonly out: string | null }
  | { readonly command: 'fuzz'; readonly count: number; readonly seed: number }
  /** `inputs`: the index files of recordings. `live`: as if they happened now. */
  | {
      readonly command: 'shadow';
      readonly inputs: readonly string[];
      readonly json: boolean;
      readonly live: boolean;
    };

export type ParsedBusOptions =
  | { readonly type: 'run'; readonly options: BusCommand }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly sentence: string };

/** Each subcommand with the options it takes, and how many words besides. */
const COMMANDS = {
  decode: { options: [], words: 1 },
  encode: { options: ['--out'], words: 1 },
  fuzz: { options: ['--count', '--seed'], words: 0 },
  shadow: { options: ['--json', '--live'], words: 99 },
} as const satisfies Record<BusCommand['command'], { options: readonly string[]; words: number }>;

/** Options that stand alone. */
const SWITCHES: readonly string[] = ['--json', '--live'];

export const STDIN = '-';
const MAX_COUNT = 1_000_000_000;

class Wrong extends Error {}

/** Reads the words after `npm run bus --`. */
export function parseBusOptions(argv: readonly string[]): ParsedBusOptions {
  const [name, ...rest] = argv;
  if (name === undefined || argv.includes('--help') || argv.includes('-h')) return { type: 'help' };
  try {
    return { type: 'run', options: toCommand(name, rest) };
  } catch (error) {
    if (error instanceof Wrong) return { type: 'wrong', sentence: error.message };
    throw error;
  }
}

function toCommand(name: string, rest: readonly string[]): BusCommand {
  if (!isCommand(name)) throw wrongWord('command', name, Object.keys(COMMANDS));
  const { words, options } = collect(name, rest);
  switch (name) {
    case 'decode':
      return { command: name, input: words[0] ?? STDIN };
    case 'encode':
      return { command: name, input: words[0] ?? STDIN, out: options.get('--out') ?? null };
    case 'fuzz':
      return {
        command: name,
        count: wholeNumber('--count', options.get('--count') ?? '100000', 1, MAX_COUNT),
        seed: wholeNumber('--seed', options.get('--seed') ?? '1', 0, 2 ** 31 - 1),
      };
    case 'shadow':
      if (words.length > 0) {
        const [json, live] = [options.has('--json'), options.has('--live')];
        return { command: name, inputs: words, json, live };
      }
      throw new Wrong('shadow needs a recording: the name of its .index.json; see --help');
  }
}

const isCommand = (name: string): name is BusCommand['command'] => Object.hasOwn(COMMANDS, name);

function collect(name: BusCommand['command'], rest: readonly string[]) {
  const words: string[] = [];
  const options = new Map<string, string>();
  const known: readonly string[] = COMMANDS[name].options;
  for (let i = 0; i < rest.length; i++) {
    const [option, inline] = splitOption(rest[i]!);
    if (option === null) words.push(rest[i]!);
    else if (!known.includes(option)) throw wrongWord(`option of ${name}`, option, known);
    else if (SWITCHES.includes(option)) options.set(option, '');
    else {
      const value = inline ?? rest[++i];
      if (value === undefined) throw new Wrong(`${option} needs a value after it; see --help`);
      options.set(option, value);
    }
  }
  const most = COMMANDS[name].words;
  if (words.length <= most) return { words, options };
  throw new Wrong(`"${words[most]!}" is one word too many; ${name} takes ${most}; see --help`);
}

function splitOption(word: string): [string | null, string | undefined] {
  if (word === STDIN || !word.startsWith('-')) return [null, undefined];
  const [name, value] = /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word, undefined];
  return [name!, value];
}

function wrongWord(what: string, found: string, allowed: readonly string[]): Wrong {
  if (allowed.length === 0) return new Wrong(`"${found}" is no ${what}: it takes none`);
  const nearest = nearestWord(found, allowed);
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return new Wrong(`"${found}" is no ${what}; allowed are ${allowed.join(', ')}.${hint}`);
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Wrong(`${name} "${text}" is not a whole number from ${min} to ${max}`);
}
