/**
 * What was done to real nodes, from what was noted of them, as what can be done to simulated ones;
 * and the stretches of a run that begin with a fault in a whole cluster.
 */
import type { Input, TimedInput } from '../kernel/inputs';
import type { NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';

export interface Episode {
  /** When its first deed was done; times of its deeds count from there. */
  readonly fromMs: number;
  /** When the next one begins, or how far the run is known. */
  readonly untilMs: number;
  readonly deeds: readonly TimedInput[];
}

type LinkNote = Extract<RecordedNote, { event: 'link' }>;
type Process = 'running' | 'frozen' | 'killed';

/** In the order of time; a link made slower is left out: nobody noted by how much. */
export function deedsOf(notes: readonly RecordedNote[]): TimedInput[] {
  const processes = new Map<NodeName, Process>();
  const slow = new Set<string>();
  const deeds: TimedInput[] = [];
  for (const note of notes) {
    if (note.event === 'link' && isOfSlowness(note, slow)) continue;
    const input = deedOf(note, processes);
    if (note.event === 'process') processes.set(note.node, note.process);
    if (input) deeds.push({ atMs: note.atMs, input });
  }
  return deeds;
}

/** A link that is as fast as before was not cut. */
function isOfSlowness({ from, to, link }: LinkNote, slow: Set<string>): boolean {
  const way = `${from}>${to}`;
  if (link === 'slow') slow.add(way);
  return link === 'slow' || (link === 'healed' && slow.delete(way));
}

function deedOf(note: RecordedNote, before: ReadonlyMap<NodeName, Process>): Input | null {
  if (note.event === 'process') {
    const { node, process } = note;
    if (process === 'frozen') return { type: 'freeze', node };
    if (process === 'killed') return { type: 'kill', node };
    const was = before.get(node) ?? 'running';
    if (was === 'running') return null;
    return { type: was === 'frozen' ? 'wake' : 'restart', node };
  }
  if (note.event === 'link') {
    const type = LINK_DEEDS[note.link];
    return type ? { type, from: note.from, to: note.to, oneWay: true } : null;
  }
  if (note.event !== 'command' || !FAILOVER.test(note.text)) return null;
  const argv = note.text.split(' ');
  return { type: 'command', client: note.client, node: note.node, argv, follow: false };
}

/** How much slower a link was made, no note says. */
const LINK_DEEDS = {
  cut: 'cut',
  healed: 'heal',
  held: 'hold',
  released: 'release',
  slow: null,
} as const;
const FAILOVER = /^CLUSTER FAILOVER\b/i;

/** What stands for a fault while it lasts; null: it mends one, or lasts no time. */
function faultOf(input: Input): string | null {
  if (input.type === 'freeze' || input.type === 'kill') return input.node;
  return input.type === 'cut' || input.type === 'hold' ? `${input.from}>${input.to}` : null;
}

/** The fault that a deed ends. */
function mendedBy(input: Input): string | null {
  if (input.type === 'wake' || input.type === 'restart') return input.node;
  return input.type === 'heal' || input.type === 'release' ? `${input.from}>${input.to}` : null;
}

export const mends = (input: Input): boolean => mendedBy(input) !== null;

/** An episode begins with a deed that finds no fault in force. */
export function episodesOf(deeds: readonly TimedInput[], untilMs: number): Episode[] {
  const standing = new Set<string>();
  const starts: number[] = [];
  let lastMs = -Infinity;
  for (const [i, { atMs, input }] of deeds.entries()) {
    const [fault, mended] = [faultOf(input), mendedBy(input)];
    // Ways of one partition are noted one by one, at one moment.
    if (mended === null && standing.size === 0 && atMs > lastMs) starts.push(i);
    if (fault !== null) standing.add(fault);
    if (mended !== null) standing.delete(mended);
    lastMs = atMs;
  }
  return starts.map((start, i) => {
    const fromMs = deeds[start]!.atMs;
    const end = starts[i + 1];
    const own = deeds.slice(start, end);
    return {
      fromMs,
      untilMs: end === undefined ? untilMs : deeds[end]!.atMs,
      deeds: own.map(({ atMs, input }) => ({ atMs: atMs - fromMs, input })),
    };
  });
}

/** Who was frozen or killed. */
export function struckIn({ deeds }: Pick<Episode, 'deeds'>): ReadonlySet<NodeName> {
  return new Set(
    deeds.flatMap(({ input }) =>
      input.type === 'freeze' || input.type === 'kill' ? [input.node] : [],
    ),
  );
}

/** A fault is over after so many node timeouts, and some seconds: nothing follows from it later. */
const TIMEOUTS_AFTER = 6;
const SECONDS_AFTER_MS = 10_000;

/** The episode as far as something follows from its last deed. */
export function withoutRest(episode: Episode, nodeTimeoutMs: number): Episode {
  const lastMs = episode.fromMs + (episode.deeds.at(-1)?.atMs ?? 0);
  const overMs = lastMs + TIMEOUTS_AFTER * nodeTimeoutMs + SECONDS_AFTER_MS;
  return { ...episode, untilMs: Math.min(episode.untilMs, overMs) };
}
