/**
 * A ClusterSource that shows one moment of a run it did not compute: what the page draws before the
 * engine has loaded. It looks like the simulated source at that moment and never moves.
 */
import type { TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { ClusterFrame } from '../protocol/cluster-frame';
import { isOperator } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import type { Beat, BranchInfo, ClusterSource, Cursor, MessageTrace, Span } from './cluster-source';
import { densityOf } from './density';

/** Plain data: it is written when the page is built. */
export interface Recording {
  readonly scene: Scene;
  readonly cursor: Cursor;
  readonly computedUntilMs: number;
  readonly searchLimitMs: number;
  readonly frame: ClusterFrame;
  readonly branches: readonly BranchInfo[];
  readonly inputs: readonly TimedInput[];
  /** Those that a first picture speaks of: neither heartbeats nor what the tool did to build. */
  readonly notes: readonly RecordedNote[];
  readonly beats: readonly Beat[];
  readonly traces: readonly MessageTrace[];
  readonly spans: readonly Span[];
  readonly hash: string;
}

/** What a source shows at its cursor. */
export function record(source: ClusterSource): Recording {
  return {
    scene: source.scene,
    cursor: source.cursor,
    computedUntilMs: source.computedUntilMs,
    searchLimitMs: source.searchLimitMs,
    frame: source.frame,
    branches: source.branches,
    inputs: source.inputs,
    notes: source.notes().filter(isSpokenOf),
    beats: source.beats(),
    traces: source.messages(0, source.computedUntilMs),
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
  const { notes, beats, traces, spans, hash, ...plain } = recording;
  const known = {
    ...plain,
    capabilities: { rewind: false, act: false, hash: true },
    notes: () => notes,
    beats: () => beats,
    spans: () => spans,
    messages: (fromMs: number, toMs: number) =>
      traces.filter(({ sentAtMs, deliverAtMs }) => deliverAtMs >= fromMs && sentAtMs <= toMs),
    traceOf: (message: number) => traces.find(({ id }) => id === message) ?? null,
    density: (bucketMs: number) => densityOf(traces, bucketMs),
    hash: () => hash,
  } satisfies Partial<ClusterSource>;
  return new Proxy(known, {
    get: (target, name): unknown => Reflect.get(target, name) ?? (() => null),
  }) as unknown as ClusterSource;
}
