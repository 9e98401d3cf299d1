/**
 * Where our machines and the real nodes part. What passes within the tolerance is no news: a node
 * had not read yet what ours had read. What lasts is a divergence, and ours is set right, so that
 * one does not become a hundred.
 */
import type { NodeName } from '../protocol/ids';
import type { NodeNumber } from './capture';

/** What a divergence is about: a field of a header or a table, a line of the log, a message. */
export type DivergenceField =
  | 'currentEpoch'
  | 'configEpoch'
  | 'flags'
  | 'slots'
  | 'master'
  | 'state'
  | 'address'
  | 'link'
  | 'nodes'
  | 'log'
  | 'message';

export interface Divergence {
  readonly atMs: number;
  readonly node: NodeNumber;
  /** The name of the node that is spoken of: often the node itself. */
  readonly about: NodeName;
  readonly field: DivergenceField;
  readonly ours: string;
  readonly real: string;
  readonly sinceMs: number;
  /** When they agreed again, most often because ours was set right; null: they do not yet. */
  readonly untilMs: number | null;
}

/** Why a difference that did not last is no divergence; each is narrow. */
export const LIVE_EXPLANATIONS = {
  'on-its-way':
    'Not yet read, or not yet written: both believed the same again within 300 ms, without help.',
  'pings-and-pongs':
    'When a node was pinged and when it answered: which PING was drawn by lot, and a report from ' +
    'before the run, are not seen. Taken from what the node prints.',
  'one-turn':
    'The real node looks at the state of the cluster once for all that it read in one turn; ours ' +
    'looks after every message, and changes its mind within 5 ms.',
  'end-of-recording': 'So late that what follows was not recorded.',
  'after-a-gap': 'Messages were left out before it: ours cannot know what was in them.',
  'unseen-ping':
    'A PING to a node whose connection is down leaves no trace; only its end, a node timeout ' +
    'later, shows whether it was there.',
  'before-the-run':
    'Reports from before the run are in no table, nor when a new process started: it says "fail" ' +
    'for two seconds.',
  'not-printed': 'The configEpoch of a replica itself: its line shows that of its master.',
} as const;

export type LiveExplanation = keyof typeof LIVE_EXPLANATIONS;

/** A difference that lasts this long is none of timing. */
export const TOLERANCE_MS = 300;
/** After a gap nothing is held against our machines for this long. */
const GAP_MS = 3_000;
/** What differs this shortly before the end may have been on its way. */
const END_MS = 60;
/** Divergences are kept, but not without end. */
const MOST_DIVERGENCES = 2_000;

export interface Seen {
  readonly node: NodeNumber;
  readonly about: NodeName;
  readonly field: DivergenceField;
  readonly ours: string;
  readonly real: string;
  /** Sets our machine right. */
  readonly setRight: () => void;
  /** Why ours could not know. */
  readonly explanation?: LiveExplanation | null;
}

type Open = Omit<Divergence, 'atMs' | 'untilMs'>;

export class Differences {
  divergences: Divergence[] = [];
  readonly explained = new Map<LiveExplanation, number>();
  /** How many comparisons there were of each field, and how many agreed at once. */
  readonly counts = new Map<DivergenceField, { compared: number; agreed: number }>();
  private readonly open = new Map<string, Open>();
  private gapMs = Number.NEGATIVE_INFINITY;

  /** Both agree about this. */
  agree({ node, about, field }: Pick<Seen, 'node' | 'about' | 'field'>): void {
    this.count(field, true);
    if (this.open.delete(`${node} ${about} ${field}`)) this.explain('on-its-way');
  }

  /** They differ; after the tolerance our machine is set right. */
  differ(atMs: number, seen: Seen): void {
    const { node, about, field, ours, real, setRight, explanation } = seen;
    this.count(field, false);
    const key = `${node} ${about} ${field}`;
    const open = this.open.get(key);
    if (!open) {
      this.open.set(key, { node, about, field, ours, real, sinceMs: atMs });
      return;
    }
    if (atMs - open.sinceMs < TOLERANCE_MS) return;
    this.open.delete(key);
    if (explanation) this.explain(explanation);
    else this.part(atMs, { ...open, ours, real }, atMs);
    setRight();
  }

  /** A difference that needs no second look: it has been waited for long enough. */
  part(atMs: number, open: Open, untilMs: number | null): void {
    if (atMs - this.gapMs < GAP_MS) return this.explain('after-a-gap');
    this.divergences.push({ ...open, atMs, untilMs });
    if (this.divergences.length > MOST_DIVERGENCES) this.divergences.shift();
  }

  count(field: DivergenceField, agreed: boolean): void {
    const count = this.counts.get(field) ?? { compared: 0, agreed: 0 };
    count.compared++;
    if (agreed) count.agreed++;
    this.counts.set(field, count);
  }

  explain(why: LiveExplanation): void {
    this.explained.set(why, (this.explained.get(why) ?? 0) + 1);
  }

  gap(atMs: number): void {
    this.gapMs = atMs;
  }

  /** Nothing comes any more: what is still open has never been settled. */
  finish(atMs: number): void {
    for (const open of this.open.values()) {
      if (atMs - open.sinceMs < END_MS) this.explain('end-of-recording');
      else this.part(atMs, open, null);
    }
    this.open.clear();
  }
}
