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

export class RecordedSource implements ClusterSource {
  readonly capabilities = { rewind: false, act: false, hash: true } as const;
  private readonly recording: Recording;

  constructor(recording: Recording) {
    this.recording = recording;
  }

  get scene(): Scene {
    return this.recording.scene;
  }

  get cursor(): Cursor {
    return this.recording.cursor;
  }

  get computedUntilMs(): number {
    return this.recording.computedUntilMs;
  }

  get searchLimitMs(): number {
    return this.recording.searchLimitMs;
  }

  get frame(): ClusterFrame {
    return this.recording.frame;
  }

  get branches(): readonly BranchInfo[] {
    return this.recording.branches;
  }

  get inputs(): readonly TimedInput[] {
    return this.recording.inputs;
  }

  previousFrame(): null {
    return null;
  }

  notes(): readonly RecordedNote[] {
    return this.recording.notes;
  }

  beats(): readonly Beat[] {
    return this.recording.beats;
  }

  messages(fromMs: number, toMs: number): readonly MessageTrace[] {
    return this.recording.traces.filter(
      ({ sentAtMs, deliverAtMs }) => deliverAtMs >= fromMs && sentAtMs <= toMs,
    );
  }

  spans(): readonly Span[] {
    return this.recording.spans;
  }

  density(bucketMs: number): readonly number[] {
    return densityOf(this.recording.traces, bucketMs);
  }

  hash(): string {
    return this.recording.hash;
  }

  // Verbs: whoever holds a recording keeps what is asked until the engine is there.
  stepEvents(): void {
    return;
  }

  stepBeat(): null {
    return null;
  }

  stepDelivery(): null {
    return null;
  }

  seekTime(): void {
    return;
  }

  seekStep(): void {
    return;
  }

  act(): void {
    return;
  }

  switchBranch(): void {
    return;
  }

  renameBranch(): void {
    return;
  }

  removeBranch(): void {
    return;
  }

  whatIf(): number {
    return this.recording.cursor.branch;
  }

  playheadOn(): never {
    throw new Error('a recording has one moment, and no other to look at');
  }
}
