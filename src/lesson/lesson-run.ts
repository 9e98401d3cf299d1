/** What a lesson needs from a run: a part of what every source of frames offers. */
import type { Input, TimedInput } from '../kernel/inputs';
import type { BusMessage } from '../protocol/bus-message';
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { NodeId, NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';

/** What a message said, with the names of the nodes it speaks of. */
export interface SentMessage {
  readonly message: BusMessage;
  readonly names: ReadonlyMap<NodeId, NodeName>;
}

export interface LessonRun {
  readonly cursor: { readonly branch: number; readonly step: number; readonly atMs: number };
  readonly frame: ClusterFrame;
  /** All notes of this branch, oldest first, maybe beyond the cursor. */
  notes(): readonly RecordedNote[];
  act(input: Input): void;
  stepEvents(count: number): void;
  seekTime(atMs: number): void;
  /** A message by its number; a source that has frames only does not offer it. */
  accountOf?(message: number): SentMessage | null;
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
  /** What a message said; not there where messages are not known in full. */
  readonly messageOf?: (message: number) => SentMessage | null;
}

/** The moment at a run's cursor. */
export function momentOf(run: LessonRun, deeds: readonly TimedInput[] = []): Moment {
  const messageOf = (message: number) => run.accountOf?.(message) ?? null;
  return { frame: run.frame, notes: run.notes(), untilStep: run.cursor.step, deeds, messageOf };
}
