/**
 * What `npm run sim` is told on its command line, or one sentence on what is wrong with it.
 */
import type { TimedInput } from '../kernel/inputs';
import { DEFAULT_SCENE, createdCount, nodeNames, type Scene } from '../kernel/scene';
import { parseAction, printAction } from '../lesson/actions';
import { printActionError } from '../lesson/action-error';
import { nearestWord } from '../lesson/nearest-word';
import { MIN_MASTERS, tooFewNodes } from '../redis-cli/slot-allocation';
import type { LogLevel, NoteEvent } from '../protocol/notes';
import { TEACHING_SWITCHES, type TeachingSwitch } from '../protocol/teaching-switches';

export interface SimOptions {
  readonly scene: Scene;
  readonly untilMs: number;
  readonly quiet: ReadonlySet<NoteEvent> | 'all';
  readonly logLevel: LogLevel;
}

export type ParsedOptions =
  | { readonly type: 'run'; readonly options: SimOptions }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly sentence: string };

export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'verbose', 'notice', 'warning'];

/** Every kind of event the command prints. */
export const SIM_EVENTS = [
  'flag.set',
  'flag.clear',
  'report.add',
  'report.expire',
  'election.start',
  'election.expire',
  'vote.grant',
  'vote.deny',
  'manual.ask',
  'manual.pause',
  'manual.resume',
  'manual.ready',
  'manual.expire',
  'migrate',
  'slot.open',
  'slot.close',
  'slot.owner',
  'key.move',
  'sync',
  'tail.refused',
  'writes.lost',
  'acknowledged.lost',
  'promote',
  'demote',
  'state',
  'sent',
  'received',
  'lost',
  'command',
  'reply',
  'delivered',
  'push',
  'log',
  'cli.start',
  'cli',
  'cli.exit',
  'process',
  'link',
] as const satisfies readonly NoteEvent[];

const OPTION_NAMES = [
  '--masters',
  '--replicas',
  '--spare',
  '--timeout',
  '--seed',
  '--switch',
  '--do',
  '--for',
  '--quiet',
  '--loglevel',
  '--help',
] as const;
type OptionName = (typeof OPTION_NAMES)[number];

/** The largest cluster redis recommends, and enough for a terminal. */
const MAX_NODES = 1_000;
const MAX_FOR_MS = 24 * 60 * 60 * 1_000;

class Wrong extends Error {}

/** Reads the words after `npm run sim --`. */
export function parseSimOptions(argv: readonly string[]): ParsedOptions {
  try {
    const given = collect(argv);
    return given === 'help' ? { type: 'help' } : { type: 'run', options: toOptions(given) };
  } catch (error) {
    if (error instanceof Wrong) return { type: 'wrong', sentence: error.message };
    throw error;
  }
}

type Given = Map<OptionName, string[]>;

function collect(argv: readonly string[]): Given | 'help' {
  const given: Given = new Map();
  for (let i = 0; i < argv.length; i++) {
    const [name, inline] = splitOption(argv[i]!);
    if (name === '--help') return 'help';
    const value = inline ?? argv[++i];
    if (value === undefined) throw new Wrong(`${name} needs a value after it; see --help`);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return given;
}

function splitOption(word: string): [OptionName, string | undefined] {
  const [text, value] = /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word, undefined];
  const name = text === '-h' ? '--help' : OPTION_NAMES.find((one) => one === text);
  if (!name) throw wrongWord('option', text!, OPTION_NAMES);
  return [name, value];
}

function wrongWord(what: string, found: string, allowed: readonly string[]): Wrong {
  const nearest = nearestWord(found, allowed);
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return new Wrong(`"${found}" is no ${what} here; allowed are ${allowed.join(', ')}.${hint}`);
}

function toOptions(given: Given): SimOptions {
  const last = (name: OptionName): string | undefined => given.get(name)?.at(-1);
  const scene: Scene = {
    ...DEFAULT_SCENE,
    masters: wholeNumber('--masters', last('--masters') ?? '3', { min: 1, max: MAX_NODES }),
    replicasPerMaster: wholeNumber('--replicas', last('--replicas') ?? '1', { min: 0, max: 10 }),
    spareNodes: wholeNumber('--spare', last('--spare') ?? '0', { min: 0, max: MAX_NODES }),
    nodeTimeoutMs: wholeNumber('--timeout', last('--timeout') ?? '5000', {
      min: 100,
      max: 600_000,
    }),
    seed: wholeNumber('--seed', last('--seed') ?? '1', { min: 0, max: 2 ** 31 - 1 }),
    ...(given.has('--switch') ? { switches: toSwitches(given.get('--switch')!) } : {}),
  };
  checkTopology(scene);
  return {
    scene: { ...scene, inputs: toInputs(given.get('--do') ?? [], nodeNames(scene)) },
    untilMs: toDuration(last('--for') ?? '30s'),
    quiet: toQuiet(given.get('--quiet') ?? []),
    logLevel: toLogLevel(last('--loglevel') ?? 'notice'),
  };
}

function wholeNumber(
  name: OptionName,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Wrong(`${name} "${text}" is not a whole number from ${min} to ${max}`);
}

function checkTopology(scene: Scene): void {
  const { masters, replicasPerMaster } = scene;
  const nodes = nodeNames(scene).length;
  if (masters < MIN_MASTERS) {
    throw new Wrong(
      tooFewNodes(createdCount(scene), replicasPerMaster).replaceAll('\n*** ', ' ').slice(4),
    );
  }
  if (nodes > MAX_NODES)
    throw new Wrong(`${nodes} nodes are too many; at most ${MAX_NODES} run here`);
}

function toInputs(sentences: readonly string[], names: string[]): TimedInput[] {
  return sentences.map((text) => {
    const timed = toInput(text, names);
    // What is started may be named from then on.
    if (timed.input.type === 'start') names.push(timed.input.node);
    return timed;
  });
}

function toInput(text: string, names: readonly string[]): TimedInput {
  const parsed = parseAction(text, names);
  if (!parsed.ok) throw new Wrong(`--do "${text}": ${printActionError(parsed.error, 'en')}`);
  const { atMs, action } = parsed.timed;
  if (action.type !== 'input') {
    throw new Wrong(`--do "${printAction(parsed.timed)}": only actions on the cluster work here`);
  }
  return { atMs: atMs ?? 0, input: action.input };
}

function toDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  const unitMs = { ms: 1, s: 1_000, m: 60_000 }[match?.[2] as 'ms' | 's' | 'm'];
  const durationMs = Math.round(Number(match?.[1]) * unitMs);
  if (match && durationMs <= MAX_FOR_MS) return durationMs;
  throw new Wrong(`--for "${text}" is not a time such as 40s, 1500ms or 2m, at most 1440m`);
}

function toQuiet(values: readonly string[]): SimOptions['quiet'] {
  const words = values.flatMap((value) => value.split(',')).filter((word) => word !== '');
  if (words.includes('all')) return 'all';
  return new Set(
    words.map((word) => {
      const event = SIM_EVENTS.find((one) => one === word);
      if (!event) throw wrongWord('kind of event', word, [...SIM_EVENTS, 'all']);
      return event;
    }),
  );
}

function toSwitches(words: readonly string[]): TeachingSwitch[] {
  return words.map((word) => {
    const known = TEACHING_SWITCHES.find((one) => one === word);
    if (!known) throw wrongWord('rule that can be taken out', word, TEACHING_SWITCHES);
    return known;
  });
}

function toLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((one) => one === text);
  if (!level) throw wrongWord('log level', text, LOG_LEVELS);
  return level;
}
