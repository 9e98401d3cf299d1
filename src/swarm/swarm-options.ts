/**
 * What `npm run swarm` is told on its command line, or one sentence on what is wrong with it.
 */
import { nearestWord } from '../lesson/nearest-word';

export interface SwarmOptions {
  readonly from: number;
  readonly seeds: number;
  /** Processes at work side by side. */
  readonly jobs: number;
  /** One JSON object a seed, and nothing else. */
  readonly json: boolean;
}

export type ParsedSwarmOptions =
  | { readonly type: 'run'; readonly options: SwarmOptions }
  | { readonly type: 'help' }
  | { readonly type: 'wrong'; readonly sentence: string };

export const SWARM_HELP = `npm run -s swarm -- [options]

Draws a topology, faults, orders and writes for each seed, mends everything, and watches:
  one master a slot and epoch · one vote a voter and epoch · epochs never fall
  in the end all tables agree · no acknowledged write is lost but in the windows Redis documents

  --seeds N   how many seeds (100)
  --from N    the first seed (1)
  --seed N    this seed alone
  --jobs N    processes side by side (one a core)
  --json      one JSON object a seed instead of the summary
  --help      this text

A broken seed is printed with the command that runs it again and a link for the page.
`;

const NUMBERS = { '--seeds': 1_000_000, '--from': 2 ** 31, '--seed': 2 ** 31, '--jobs': 256 };
type NumberName = keyof typeof NUMBERS;
const NAMES = [...Object.keys(NUMBERS), '--json', '--help'];

/** Reads the words after `npm run swarm --`; `cores` is what --jobs is without being said. */
export function parseSwarmOptions(argv: readonly string[], cores: number): ParsedSwarmOptions {
  const numbers: Partial<Record<NumberName, number>> = {};
  let json = false;
  for (let i = 0; i < argv.length; i++) {
    const [name = '', inline] = argv[i]!.split('=');
    if (name === '--help' || name === '-h') return { type: 'help' };
    if (name === '--json') json = true;
    else if (name in NUMBERS) {
      const text = inline ?? argv[++i] ?? '';
      const most = NUMBERS[name as NumberName];
      const value = /^\d+$/.test(text) ? Number(text) : 0;
      if (value < 1 || value > most) {
        return wrong(`${name} takes a whole number from 1 to ${most}, not "${text}"`);
      }
      numbers[name as NumberName] = value;
    } else {
      const nearest = nearestWord(name, NAMES);
      const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
      return wrong(`"${name}" is no option here; allowed are ${NAMES.join(', ')}.${hint}`);
    }
  }
  const alone = numbers['--seed'];
  const seeds = alone ? 1 : (numbers['--seeds'] ?? 100);
  const jobs = Math.min(numbers['--jobs'] ?? cores, seeds);
  return { type: 'run', options: { from: alone ?? numbers['--from'] ?? 1, seeds, jobs, json } };
}

const wrong = (sentence: string): ParsedSwarmOptions => ({ type: 'wrong', sentence });
