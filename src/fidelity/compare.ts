/**
 * What real processes left, held against what simulated worlds leave. The luck of the ticks gives
 * several right outcomes: a real list agrees when some simulated world has left the same list.
 */
import { explain } from './explanations';
import { threadsOf } from './log-threads';
import { differingLines, type DiffLine, type Transcript } from './transcript';

export interface Difference {
  readonly list: string;
  readonly line: DiffLine;
  /** Why this difference is known and stays, or null. */
  readonly because: string | null;
}

export interface ListVerdict {
  readonly list: string;
  /** How many of the simulated worlds left exactly this list. */
  readonly same: number;
  readonly of: number;
  readonly differences: readonly Difference[];
}

type Lines = readonly string[];

/** One verdict for each list of a real transcript, and for lists only the simulation has. */
export function compareTranscripts(
  script: string,
  real: Transcript,
  simulated: readonly Transcript[],
): ListVerdict[] {
  const names = new Set([...real.keys(), ...(simulated[0]?.keys() ?? [])]);
  return [...names].map((list) => {
    const lines = real.get(list) ?? [];
    const others = simulated.map((transcript) => transcript.get(list) ?? []);
    const same = others.filter((other) => differingLines(lines, other).length === 0).length;
    const diff = same > 0 ? [] : differences(list, lines, others);
    return {
      list,
      same,
      of: others.length,
      differences: diff.map((line) => ({ list, line, because: explain({ script, list, line }) })),
    };
  });
}

/** A log that no world left as a whole may still be one in every thread. */
function differences(list: string, real: Lines, simulated: readonly Lines[]): DiffLine[] {
  if (!list.startsWith('log of')) return nearest(real, simulated);
  const mine = threadsOf(real);
  const theirs = simulated.map(threadsOf);
  const names = new Set([mine, ...theirs].flatMap((threads) => [...threads.keys()]));
  return [...names].flatMap((name) =>
    nearest(
      mine.get(name) ?? [],
      theirs.map((threads) => threads.get(name) ?? []),
    ),
  );
}

function nearest(real: Lines, simulated: readonly Lines[]): DiffLine[] {
  const diffs = simulated.map((other) => differingLines(real, other));
  return [...diffs.reduce((best, diff) => (diff.length < best.length ? diff : best))];
}

/** The kinds of list, as columns of the report. */
export const LIST_KINDS = [
  'replies',
  'tables',
  'log lines',
  'order of events',
  'redis-cli',
] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Which column a list belongs to; a script that could not go on counts with its replies. */
export function kindOf(list: string): ListKind {
  if (list.startsWith('table of') || list.startsWith('CLUSTER INFO of')) return 'tables';
  if (list.startsWith('log of')) return 'log lines';
  if (list === 'order of events' || list === 'redis-cli') return list;
  return 'replies';
}
