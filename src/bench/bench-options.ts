/** What `npm run bench` is told on its command line, or one sentence on what is wrong with it. */
import { parseArgs } from 'node:util';
import { nearestWord } from '../lesson/nearest-word';

export const SECTIONS = ['engine', 'history', 'page', 'load'] as const;
/** Measured only when it is asked for: it needs redis-server, and says nothing about the page. */
export const BRIDGE = 'bridge';
/** Nothing is measured: the bridge is struck, and what is left of it is looked at. */
export const ABUSE = 'abuse';
const ALL_SECTIONS = [...SECTIONS, BRIDGE, ABUSE] as const;
export type Section = (typeof ALL_SECTIONS)[number];

export interface BenchOptions {
  readonly sections: readonly Section[];
  /** One round, no thousand nodes, nothing written to docs. */
  readonly quick: boolean;
  readonly rounds: number;
  /** Where the results go as JSON; null: only docs/bench/bench.json, after a whole run. */
  readonly out: string | null;
}

export type ParsedBenchOptions =
  | { readonly type: 'run'; readonly options: BenchOptions }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly sentence: string };

export const BENCH_HELP = `npm run -s bench -- [section …] [options]

Measures how fast the engine, the history, the page and its loading are, on this machine, and prints
a table. Each figure is the median of interleaved rounds; ratios are taken within a round. A whole
run writes docs/bench.md, docs/bench/bench.json and docs/bench/cost.svg; it takes some minutes, and
nothing else should run meanwhile.

  engine       simulated seconds per processor second, 6 to 1000 nodes, with and without XState
  history      seeks in ten minutes of 6 nodes and two minutes of 100
  page         frames per second, milliseconds a frame (needs Chromium)
  load         script loaded, time to the first picture (needs Chromium)
  bridge       frames per second and memory of the bridge, errors of an application during faults
               (needs redis-server; only when it is named)
  abuse        a thousand frames at the bridge's bus ports and a thousand messages at its door that
               are not in order: does anything fall over, get in, or stay behind? (the same)

  --quick      one round, nothing above 300 nodes, nothing written to docs
  --rounds N   rounds of each measurement (3)
  --out FILE   the results as JSON, to this file as well
  --help       this text
`;

const OPTIONS = {
  quick: { type: 'boolean' },
  rounds: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the words after `npm run bench --`. */
export function parseBenchOptions(argv: readonly string[]): ParsedBenchOptions {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    return wrong((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { type: 'help' };
  const unknown = positionals.find((word) => !isSection(word));
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown, ALL_SECTIONS) ?? ALL_SECTIONS.join(', ');
    return wrong(`There is no section "${unknown}": one of ${nearest}?`);
  }
  const rounds = Number(values.rounds ?? (values.quick === true ? 1 : 3));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 99) {
    return wrong(`--rounds wants a whole number from 1 to 99, not "${values.rounds ?? ''}".`);
  }
  const sections = positionals.length > 0 ? positionals.filter(isSection) : [...SECTIONS];
  const quick = values.quick ?? false;
  return { type: 'run', options: { sections, quick, rounds, out: values.out ?? null } };
}

const isSection = (word: string): word is Section =>
  (ALL_SECTIONS as readonly string[]).includes(word);

const wrong = (why: string): ParsedBenchOptions => ({
  type: 'wrong',
  sentence: `${why} See: npm run -s bench -- --help`,
});
