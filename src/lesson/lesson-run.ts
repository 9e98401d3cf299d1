/** What a lesson needs from a run: a part of what every source of frames offers. */
import type { Input, TimedInput } from '../kernel/inputs';
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { RecordedNote } from '../protocol/notes';

export interface LessonRun {
  readonly cursor: { readonly branch: number; readonly step: number; readonly atMs: number };
  readonly frame: ClusterFrame;
  /** All notes of this branch, oldest first, maybe beyond the cursor. */
  notes(): readonly RecordedNote[];
  act(input: Input): void;
  stepEvents(count: number): void;
  seekTime(atMs: number): void;
}

/** Something the learner did, not the script: `did(…)` in a condition asks for these. */
export interface Deed extends TimedInput {
  readonly branch: number;
  readonly step: number;
}

/** What a condition is read against: one moment and the history that led to it. */
export interface Moment {
  readonly frame: ClusterFrame;
  /** Oldest first; those of a step after `untilStep` are not looked at. */
  readonly notes: readonly RecordedNote[];
  readonly untilStep: number;
  readonly deeds: readonly TimedInput[];
}

/** The moment at a run's cursor. */
export function momentOf(run: LessonRun, deeds: readonly TimedInput[] = []): Moment {
  return { frame: run.frame, notes: run.notes(), untilStep: run.cursor.step, deeds };
}
