/**
 * A ClusterSource that shows one moment of a run it did not compute: what the page draws before the
 * engine has loaded. It looks like the simulated source at that moment and never moves.
 */
import type { TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { ClusterFrame } from '../protocol/cluster-frame';
import { isOperator } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import type { Beat, BranchInfo, ClusterSource, Cursor, Span } from './cluster-source';
import { densityOf } from './density';
import { columnsOf, tracesOf, type TraceColumns } from './recorded-traces';

/** Plain data: it is written when the page is built. */
export interface Recording {
  readonly scene: Scene;
  readonly startsAtUnixMs?: number;
  readonly cursor: Cursor;
  readonly computedUntilMs: number;
  readonly searchLimitMs: number;
  readonly frame: ClusterFrame;
  readonly branches: readonly BranchInfo[];
  readonly inputs: readonly TimedInput[];
  /** Those that a first picture speaks of: neither heartbeats nor what the tool did to build. */
  readonly notes: readonly RecordedNote[];
  readonly beats: readonly Beat[];
  /** Messages of the last seconds, which the lanes show. */
  readonly traces: TraceColumns;
  /** How long after the one before each earlier message was sent, for the overview. */
  readonly earlierGapsMs: readonly number[];
  readonly spans: readonly Span[];
  readonly hash: string;
  /** What the page says of the moment, by language. Default nothing. */
  readonly captions?: Readonly<Record<string, string>>;
}

/** More than the lanes show at first, so that nothing is missing at their left edge. */
const TRACED_MS = 8_000;

/** What a source shows at its cursor. */
export function record(source: ClusterSource): Recording {
  const tracedFromMs = Math.max(0, source.computedUntilMs - TRACED_MS);
  const all = source.messages(0, source.computedUntilMs);
  const traces = all.filter(({ deliverAtMs }) => deliverAtMs >= tracedFromMs);
  const earlier = all.filter(({ deliverAtMs }) => deliverAtMs < tracedFromMs);
  const sent = earlier.map(({ sentAtMs }) => sentAtMs).sort((a, b) => a - b);
  return {
    scene: source.scene,
    ...(source.startsAtUnixMs === undefined ? {} : { startsAtUnixMs: source.startsAtUnixMs }),
    cursor: source.cursor,
    computedUntilMs: source.computedUntilMs,
    searchLimitMs: source.searchLimitMs,
    frame: source.frame,
    branches: source.branches,
    inputs: source.inputs,
    notes: source.notes().filter(isSpokenOf),
    beats: source.beats(),
    traces: columnsOf(traces),
    earlierGapsMs: sent.map((atMs, i) => atMs - (sent[i - 1] ?? 0)),
    spans: source.spans(),
    hash: source.hash(),
  };
}

function isSpokenOf(note: RecordedNote): boolean {
  switch (note.event) {
    case 'sent':
    case 'received':
    case 'log':
    case 'cli':
      return false;
    case 'command':
    case 'reply':
      return !isOperator(note.client);
    default:
      return true;
  }
}

/**
 * The source that shows a recording. It has no verbs: whoever holds it keeps what is asked until
 * the engine is there. To any other question its answer is null: nothing is known.
 */
export function recordedSource(recording: Recording): ClusterSource {
  const { notes, beats, traces: columns, earlierGapsMs, spans, hash, ...plain } = recording;
  const traces = tracesOf(columns);
  let atMs = 0;
  const earlier = earlierGapsMs.map((gapMs) => ({ sentAtMs: (atMs += gapMs) }));
  const known = {
    ...plain,
    startsAtUnixMs: recording.startsAtUnixMs,
    captions: recording.captions,
    capabilities: { rewind: false, act: false, hash: hash !== '' },
    notes: () => notes,
    beats: () => beats,
    spans: () => spans,
    messages: (fromMs: number, toMs: number) =>
      traces.filter(({ sentAtMs, deliverAtMs }) => deliverAtMs >= fromMs && sentAtMs <= toMs),
    traceOf: (message: number) => traces.find(({ id }) => id === message) ?? null,
    density: (bucketMs: number) => densityOf([...earlier, ...traces], bucketMs),
    hash: () => hash,
  } satisfies Partial<ClusterSource>;
  return new Proxy(known, {
    get: (target, name): unknown => (name in target ? Reflect.get(target, name) : () => null),
  }) as unknown as ClusterSource;
}
