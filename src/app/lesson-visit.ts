import type { LessonStep } from '../lesson/lesson';
import type { Cursor } from '../timeline/cluster-source';
import type { StepNeeds } from './lesson-player.machine';
import type { Session } from './session.svelte';

/** Where a step began and ended, so that it can be gone back to and on from. */
export interface Visit {
  readonly session: Session;
  readonly start: Cursor;
  /** Null until the step is over. */
  end: Cursor | null;
}

/** What a step waits for before it is over. */
export function needsOf(step: LessonStep): StepNeeds {
  return { asks: step.ask !== null, hasTask: step.check !== null };
}
