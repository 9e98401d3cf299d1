/** How well our machines keep up with real nodes when a recording is told as if it happened now. */
import type { NoteEvent } from '../protocol/notes';
import { captureEvents } from './capture-events';
import type { CaptureFiles } from './capture-index';
import {
  LIVE_EXPLANATIONS,
  type Divergence,
  type DivergenceField,
  type LiveExplanation,
} from './live-differences';
import { LiveRun } from './live-run';
import type { LiveStep } from './live-shadow';

export interface LiveVerdict {
  readonly label: string;
  readonly nodes: number;
  readonly frames: number;
  readonly fields: readonly {
    readonly field: DivergenceField;
    readonly compared: number;
    readonly agreed: number;
  }[];
  /** What our machines decided, and how often the log of the real node says the same. */
  readonly decisions: readonly {
    readonly what: string;
    readonly ours: number;
    readonly logged: number;
  }[];
  readonly explained: Readonly<Partial<Record<LiveExplanation, number>>>;
  readonly divergences: readonly Divergence[];
}

const DECISIONS: readonly NoteEvent[] = [
  ...(['flag.set', 'flag.clear', 'report.add', 'election.start'] as const),
  ...(['vote.grant', 'vote.deny', 'promote', 'demote', 'state'] as const),
];
/** After the last message tables are read. */
const AFTER_MS = 160;

/** Tells a recording moment by moment. */
export function liveVerdict(files: CaptureFiles): LiveVerdict {
  const { start, events, durationMs } = captureEvents(files);
  const steps: LiveStep[] = [];
  const confirmed = new Set<number>();
  const run = new LiveRun(start, {
    step: (step) => steps.push(step),
    confirm: (step) => void confirmed.add(step),
  });
  run.take(events);
  run.finish(durationMs + AFTER_MS);
  const { differences } = run.shadow;
  return {
    label: start.label,
    nodes: start.nodes.length,
    frames: run.store.end,
    fields: [...differences.counts].map(([field, count]) => ({ field, ...count })),
    decisions: decisionsOf(steps, confirmed),
    explained: Object.fromEntries(differences.explained),
    divergences: differences.divergences,
  };
}

function decisionsOf(
  steps: readonly LiveStep[],
  confirmed: ReadonlySet<number>,
): LiveVerdict['decisions'] {
  const counts = new Map<string, { ours: number; logged: number }>();
  steps.forEach(({ notes }, i) => {
    for (const note of notes) {
      if (!DECISIONS.includes(note.event)) continue;
      const what = 'flag' in note ? `${note.event} ${note.flag}` : note.event;
      const count = counts.get(what) ?? { ours: 0, logged: 0 };
      count.ours++;
      if (confirmed.has(i + 1)) count.logged++;
      counts.set(what, count);
    }
  });
  return [...counts].map(([what, count]) => ({ what, ...count }));
}

/** The table, what explains the rest, and every divergence. Ends with a newline. */
export function printLiveVerdict(verdict: LiveVerdict): string {
  const { label, nodes, frames, fields, decisions, explained, divergences } = verdict;
  const compared = fields.reduce((sum, one) => sum + one.compared, 0);
  const agreed = fields.reduce((sum, one) => sum + one.agreed, 0);
  const reasons = Object.entries(explained).flatMap(([why, times]) => [
    `${why}: ${times} times. ${LIVE_EXPLANATIONS[why as LiveExplanation]}`,
  ]);
  const parted = divergences.map(
    ({ sinceMs, node, about, field, ours, real }) =>
      `  ${sinceMs.toFixed(1).padStart(9)} ms  node ${node}  ${field} of ${about}: ` +
      `ours ${short(ours)}; real ${short(real)}`,
  );
  return `${[
    `${label}, told as it happened: ${nodes} nodes, ${frames} messages`,
    '',
    row('', 'compared', 'agreed'),
    ...fields.map((one) => row(one.field, String(one.compared), String(one.agreed))),
    row('all', String(compared), String(agreed)),
    '',
    row('decisions', 'ours', 'logged'),
    ...decisions.map(({ what, ours, logged }) => row(what, String(ours), String(logged))),
    ...(reasons.length > 0 ? ['', ...reasons] : []),
    '',
    ...(parted.length > 0 ? ['Parted:', ...parted] : ['They never part.']),
  ].join('\n')}\n`;
}

const row = (name: string, ...cells: readonly string[]): string =>
  name.padEnd(22) + cells.map((cell) => cell.padStart(12)).join('');

const LONGEST_WORDS = 110;
const short = (text: string): string =>
  text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS - 1)}…` : text;
