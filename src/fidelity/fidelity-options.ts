/** What `npm run fidelity` is told on its command line, or one sentence on what is wrong with it. */
import { parseArgs } from 'node:util';
import { nearestWord } from '../lesson/nearest-word';
import { SCRIPTS } from './scripts/all';

export interface FidelityOptions {
  readonly redisServer: string | null;
  /** Only scripts, no timing, in about twenty seconds. */
  readonly short: boolean;
  /** Names of scripts, `scripts`, `timing` or `proxy`; empty: everything but `proxy`. */
  readonly only: readonly string[];
  /** Real runs of each fault at each timeout. */
  readonly runs: number;
  /** Simulated runs of each. */
  readonly seeds: number;
  readonly timeoutsMs: readonly number[];
  readonly lanes: number;
  readonly json: boolean;
}

/** Compares real processes with real processes, and nothing simulated. */
export const PROXY = 'proxy';

export type ParsedFidelityOptions =
  | { readonly type: 'run'; readonly options: FidelityOptions }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly sentence: string };

export const FIDELITY_HELP = `npm run -s fidelity -- [options]

Plays the same scripts on real redis-server 7.0 processes and in simulated worlds, and compares
them. A run of everything writes docs/fidelity.md; it takes about twelve minutes. The exit code
is 1 when a difference is left that nobody has explained.

  --short              four scripts, no timing, nothing written; about 20 s
  --only NAME          one script, or "scripts" or "timing"; may be repeated. "proxy", alone:
                       are failovers through the bridge's proxies as fast as without?
  --runs N             real runs of each fault at each timeout (20)
  --seeds N            simulated runs of each (100)
  --timeout MS         cluster-node-timeout; may be repeated (2000 and 5000)
  --lanes N            real clusters at the same time (3)
  --redis-server PATH  the redis-server to compare with (the one in PATH)
  --json               the results as JSON, on standard output
  --help               this text

Scripts: ${SCRIPTS.map(({ name }) => name).join(', ')}
`;

const DEFAULT_TIMEOUTS_MS = [2_000, 5_000];
const OPTIONS = {
  short: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  runs: { type: 'string' },
  seeds: { type: 'string' },
  timeout: { type: 'string', multiple: true },
  lanes: { type: 'string' },
  'redis-server': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

class Wrong extends Error {}

/** Reads the words after `npm run fidelity --`. */
export function parseFidelityOptions(argv: readonly string[]): ParsedFidelityOptions {
  try {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    if (values.help === true) return { type: 'help' };
    const options: FidelityOptions = {
      redisServer: values['redis-server'] ?? null,
      short: values.short ?? false,
      only: (values.only ?? []).map(knownName),
      runs: wholeNumber('--runs', values.runs ?? '20', { min: 1, max: 1_000 }),
      seeds: wholeNumber('--seeds', values.seeds ?? '100', { min: 1, max: 10_000 }),
      timeoutsMs: (values.timeout ?? DEFAULT_TIMEOUTS_MS.map(String)).map((text) =>
        wholeNumber('--timeout', text, { min: 500, max: 60_000 }),
      ),
      lanes: wholeNumber('--lanes', values.lanes ?? '3', { min: 1, max: 8 }),
      json: values.json ?? false,
    };
    return { type: 'run', options };
  } catch (error) {
    return { type: 'wrong', sentence: sentenceOf(error as Error) };
  }
}

/** Node's own sentence is long; its first one says which option it does not know. */
function sentenceOf(error: Error): string {
  if (error instanceof Wrong) return error.message;
  const unknown = /Unknown option '([^']+)'/.exec(error.message)?.[1];
  if (unknown === undefined) return `${error.message.split('. ')[0]}; see --help`;
  const allowed = Object.keys(OPTIONS).map((name) => `--${name}`);
  const nearest = nearestWord(unknown, allowed);
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
  return `"${unknown}" is no option here; allowed are ${allowed.join(', ')}.${hint}`;
}

function knownName(name: string): string {
  const names = [...SCRIPTS.map((script) => script.name), 'scripts', 'timing', PROXY];
  if (names.includes(name)) return name;
  const nearest = nearestWord(name, names);
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw new Wrong(`--only "${name}" is no script; there are ${names.join(', ')}.${hint}`);
}

function wholeNumber(
  name: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Wrong(`${name} "${text}" is not a whole number from ${min} to ${max}`);
}
