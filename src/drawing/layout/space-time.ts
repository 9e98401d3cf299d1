/**
 * The space-time diagram: one lane a node, time to the right, each message a line from lane to
 * lane.
 * A sheet is laid out once and slides under the window; only the playhead moves with every frame.
 */
import type { Beat, MessageTrace } from '../../timeline/cluster-source';
import type { History } from './history';
import { bandsOf, marksOf, type Band, type LaneMark } from './space-time-beliefs';
import { spreadOf, type Spread } from './space-time-spread';
import type { Lanes } from './space-time-lanes';
import {
  areBusy,
  decides,
  isDecisive,
  lineEnds,
  messageLines,
  strokesOf,
  type LineEnd,
  type MessageLine,
  type Stroke,
} from './space-time-messages';
import { talkLines, type TalkLine } from './space-time-talk';
import { turningPoints } from './space-time-turns';
import { ticksOf, type Tick } from './space-time-ticks';
import type { TimeWindow } from './space-time-window';

export type { History } from './history';

export interface Sheet {
  readonly fromMs: number;
  readonly pxPerMs: number;
  readonly ticks: readonly (Tick & { readonly x: number })[];
  readonly lines: readonly MessageLine[];
  readonly strokes: readonly Stroke[];
  /** The lines are too many to be drawn in full. */
  readonly isBusy: boolean;
  readonly ends: readonly LineEnd[];
  readonly bands: readonly Band[];
  readonly marks: readonly LaneMark[];
  /** How the news of the subject spreads, in a crowd. */
  readonly spread: Spread | null;
  readonly talk: readonly TalkLine[];
  /** What is said of the time that nothing is known of; absent: it is not computed yet. */
  readonly beyond?: string | undefined;
  /** What a real clock showed at 0; absent: virtual time. */
  readonly startsAtUnixMs?: number | undefined;
}

/**
 * Everything in the lanes for the stretch `range`; x is 0 at its beginning and grows by `pxPerMs`.
 */
export function sheetFor(
  history: History,
  lanes: Lanes,
  {
    range,
    pxPerMs,
    subject,
    filter = 'key',
    nodeCount = lanes.yOf.size,
  }: {
    readonly range: TimeWindow;
    readonly pxPerMs: number;
    readonly subject: string | null;
    /** Where lines would lie on top of each other, `key` leaves out what decides nothing. */
    readonly filter?: 'key' | 'all';
    /** How many nodes there are, for the scale of the curve. Default: those with a line. */
    readonly nodeCount?: number;
  },
): Sheet {
  const xOf = (atMs: number) => (atMs - range.fromMs) * pxPerMs;
  const beats = beatsWithin(history.beats, range);
  const keyOnly = lanes.isDense && filter === 'key';
  const sent = messagesOf(history, beats, lanes, range, keyOnly);
  const all = messageLines(sent, beats, lanes, xOf);
  const lines = keyOnly ? all.filter(decides) : all;
  const ground = { lanes, xOf, fromMs: range.fromMs, toMs: range.toMs };
  return {
    fromMs: range.fromMs,
    pxPerMs,
    ticks: ticksIn(history, range, pxPerMs),
    lines,
    strokes: strokesOf(lines),
    isBusy: areBusy(lines),
    ends: lineEnds(lines),
    bands: bandsOf(history.spans, subject, ground),
    marks: marksOf({ spans: history.spans, beats, lines }, subject, {
      ...ground,
      toMs: Math.min(range.toMs, history.computedUntilMs),
    }),
    spread:
      lanes.curve && subject !== null
        ? spreadOf(history.spans, subject, history.computedUntilMs, {
            ...{ ...ground, ...lanes.curve, most: nodeCount - 1 },
          })
        : null,
    talk: talkLines(history.talk, lanes, xOf),
    beyond: history.beyond,
    startsAtUnixMs: history.startsAtUnixMs,
  };
}

function ticksIn({ startsAtUnixMs }: History, range: TimeWindow, pxPerMs: number): Sheet['ticks'] {
  const x = (atMs: number) => (atMs - range.fromMs) * pxPerMs;
  return ticksOf(range, pxPerMs, startsAtUnixMs).map((tick) => ({ ...tick, x: x(tick.atMs) }));
}

/** How long after a turning point of a crowd its messages are under way, virtual milliseconds. */
const BROADCAST_MS = 250;

/**
 * What was sent in a stretch of time; of a crowd, whose messages are a hundred thousand, only what
 * verdicts and elections sent out.
 */
function messagesOf(
  history: History,
  beats: readonly Beat[],
  { curve }: Lanes,
  { fromMs, toMs }: TimeWindow,
  keyOnly: boolean,
): readonly MessageTrace[] {
  const isMeant = keyOnly ? isDecisive : undefined;
  if (curve === null) return history.messages(fromMs, toMs, isMeant);
  const turns = turningPoints(beats).filter(({ kind }) => kind === 'fail' || kind === 'election');
  const traces = turns.flatMap(({ atMs }) => history.messages(atMs, atMs + BROADCAST_MS, isMeant));
  return [...new Map(traces.map((trace) => [trace.id, trace])).values()];
}

/** The beats of a stretch of time, both ends included. */
export function beatsWithin(beats: readonly Beat[], { fromMs, toMs }: TimeWindow): Beat[] {
  return beats.filter((beat) => beat.atMs >= fromMs && beat.atMs <= toMs);
}
