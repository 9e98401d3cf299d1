/** The last beats as one line for a room: a dot each, a word for each run of like ones. */
import type { NoteOf } from '../../protocol/notes';
import type { Beat, BeatKind } from '../../timeline/cluster-source';
import { foremostOfEachStep, labelWidthPx } from './space-time-flags';

/** The word under which a beat is told; several in a row of one word are told once. */
export type BeatWord =
  | NoteOf<'process'>['process']
  | NoteOf<'link'>['link']
  | 'suspicion'
  | Exclude<BeatKind, 'process' | 'link' | 'pfail' | 'report'>;

export interface LineDot {
  readonly step: number;
  readonly x: number;
  readonly tone: 'ink' | 'pfail' | 'fail';
}

export interface LineLabel {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  readonly tone: LineDot['tone'];
}

export interface BeatsLine {
  readonly dots: readonly LineDot[];
  readonly labels: readonly LineLabel[];
  /** Where the playhead stands. */
  readonly headX: number;
}

interface LineOptions {
  readonly cursorStep: number;
  readonly atMs: number;
  readonly widthPx: number;
  readonly fontPx: number;
  /** The word for a run of like beats. */
  readonly text: (word: BeatWord, run: readonly Beat[]) => string;
}

/** The most beats told. */
const TOLD = 60;
/** Causes this close together are one. */
const ONE_CAUSE_MS = 3_000;
const CAUSES: ReadonlySet<BeatKind> = new Set(['process', 'link', 'manual', 'redirect', 'tool']);
/** The share of the line left of the playhead. */
const PAST = 0.74;
const APART_PX = 15;
const ROOM_PX = 14;
/** A word in the way of another may stand a little aside of its dots. */
const NUDGES_PX = [0, -18, -36, 18];

/** The last beats up to the cursor, the playhead at three quarters of the line. */
export function beatsLine(beats: readonly Beat[], options: LineOptions): BeatsLine {
  const { cursorStep, atMs, widthPx } = options;
  const told = storyOf(foremostOfEachStep(beats).filter(({ step }) => step <= cursorStep));
  const fromMs = told[0]?.atMs ?? atMs - 1;
  const startX = widthPx * 0.05;
  const pxPerMs = (widthPx * PAST - startX) / Math.max(1, atMs - fromMs);
  const xOf = (ms: number) => startX + (ms - fromMs) * pxPerMs;
  return {
    dots: spacedDots(told.map((b) => ({ step: b.step, x: xOf(b.atMs), tone: toneOf(b) }))),
    labels: labelsOf(runsOf(told), xOf, options),
    headX: widthPx * PAST,
  };
}

/** Everything since the last thing that was done to the cluster, that thing included. */
function storyOf(beats: readonly Beat[]): Beat[] {
  let first = beats.findLastIndex(({ kind }) => CAUSES.has(kind));
  while (first > 0 && beats[first]!.atMs - beats[first - 1]!.atMs < ONE_CAUSE_MS) {
    if (!CAUSES.has(beats[first - 1]!.kind)) break;
    first -= 1;
  }
  // Without one, what is told is how the cluster was made, which is nobody's story.
  const told = first < 0 ? [] : beats.slice(first);
  return told.filter(({ kind }, i) => kind !== 'state' || i === told.length - 1).slice(-TOLD);
}

/** Like beats that follow each other. */
function runsOf(beats: readonly Beat[]): Beat[][] {
  const runs: Beat[][] = [];
  for (const beat of beats) {
    const last = runs.at(-1);
    if (last && wordOf(last[0]!) === wordOf(beat)) last.push(beat);
    else runs.push([beat]);
  }
  return runs;
}

/** The newest keeps its word; of the others those that have room, the weightiest first. */
function labelsOf(
  runs: readonly (readonly Beat[])[],
  xOf: (ms: number) => number,
  { text, fontPx, widthPx }: LineOptions,
): LineLabel[] {
  const wishes = runs.map((run) => {
    const word = wordOf(run[0]!);
    const label = text(word, run);
    const width = labelWidthPx(label, fontPx);
    const middle = (xOf(run[0]!.atMs) + xOf(run.at(-1)!.atMs)) / 2;
    const x = Math.min(widthPx - width / 2, Math.max(width / 2, middle));
    return { key: `${run[0]!.step}`, text: label, x, width, tone: toneOf(run[0]!), word };
  });
  const order = wishes.map((wish, i) => ({ wish, rank: rankOf(wish.word, i, wishes.length) }));
  order.sort((a, b) => b.rank - a.rank);
  const taken: (typeof wishes)[number][] = [];
  for (const { wish } of order) {
    const isFree = (x: number) =>
      x >= wish.width / 2 &&
      taken.every((other) => Math.abs(other.x - x) >= (other.width + wish.width) / 2 + ROOM_PX);
    const x = NUDGES_PX.map((by) => wish.x + by).find(isFree);
    if (x !== undefined) taken.push({ ...wish, x });
  }
  return taken.sort((a, b) => a.x - b.x);
}

const WEIGHT: Partial<Record<BeatWord, number>> = {
  fail: 6,
  win: 6,
  election: 5,
  frozen: 5,
  killed: 5,
  cut: 5,
  redirect: 4,
  slot: 4,
  suspicion: 3,
  demotion: 3,
};

function rankOf(word: BeatWord, index: number, count: number): number {
  return (WEIGHT[word] ?? 1) + (index === count - 1 ? 100 : index / count);
}

function wordOf({ kind, note }: Beat): BeatWord {
  if (note.event === 'process') return note.process;
  if (note.event === 'link') return note.link;
  if (kind === 'pfail' || kind === 'report') return 'suspicion';
  return kind === 'process' || kind === 'link' ? 'state' : kind;
}

function toneOf({ kind }: Beat): LineDot['tone'] {
  if (kind === 'fail') return 'fail';
  return kind === 'pfail' || kind === 'report' ? 'pfail' : 'ink';
}

const GRAVITY = { ink: 0, pfail: 1, fail: 2 } as const;

/** Dots that would lie on each other are drawn once, in the gravest of their colours. */
function spacedDots(dots: readonly LineDot[]): LineDot[] {
  const spaced: LineDot[] = [];
  for (const dot of dots) {
    const last = spaced.at(-1);
    if (!last || dot.x - last.x >= APART_PX) spaced.push(dot);
    else if (GRAVITY[dot.tone] > GRAVITY[last.tone]) spaced[spaced.length - 1] = dot;
  }
  return spaced;
}
