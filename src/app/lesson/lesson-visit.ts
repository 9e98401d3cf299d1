import { valueOf } from '../../lesson/conditions';
import type { LessonStep, Opening } from '../../lesson/lesson';
import type { ClusterSource, Cursor } from '../../timeline/cluster-source';
import type { PlayerSignal, StepNeeds } from './lesson-player.machine';
import { leapUntil, momentNow } from './script-runner';
import { liveSession, newClock } from '../opening/live-session';
import type { Session } from '../session.svelte';

/** Where a step began and ended, so that it can be gone back to and on from. */
export interface Visit {
  readonly session: Session;
  readonly start: Cursor;
  /** Where its question was answered; null before that, and without a question. */
  asked: Cursor | null;
  /** Where its task began; null before that, and without a task. */
  task: Cursor | null;
  /** Null until the step is over. */
  end: Cursor | null;
  /** What the run answered to a question in numbers; null before that, and without one. */
  truth: number | null;
}

export const newVisit = (session: Session): Visit => ({
  ...{ session, start: session.source.cursor, asked: null, task: null, end: null, truth: null },
});

/** The step is over: where, and what a question in numbers comes to there. */
export function endVisit(visit: Visit, { ask }: LessonStep): void {
  visit.end = visit.session.source.cursor;
  const isNumber = ask?.type === 'number' || ask?.type === 'time';
  if (!isNumber || ask.truth === null) return;
  const truth = valueOf(ask.truth, momentNow(visit.session));
  visit.truth = typeof truth === 'number' ? truth : null;
}

/**
 * A session standing where a scene opens: a new one, or `opened`, which showed a recording of that
 * moment and now gets an engine.
 */
export function openScene(
  source: ClusterSource,
  opens: Opening,
  opened: Session | null = null,
): Session {
  const session = liveSession(source);
  if (opens.type === 'at') session.seekTime(opens.atMs);
  else leapUntil(session, opens.condition, opens.withinMs);
  session.refresh();
  if (opened === null) return session;
  session.close();
  opened.takeOver(source, newClock);
  return opened;
}

/** What a step waits for before it is over. */
export function needsOf(step: LessonStep): StepNeeds {
  return { asks: step.ask !== null, hasTask: step.check !== null };
}

/** What has happened by the end of a step, for the machine of the lesson. */
export function wayToEnd({ ask, check }: LessonStep): PlayerSignal[] {
  return [
    'ENTERED',
    ...(ask === null ? [] : (['SKIP', 'SHOWN'] as const)),
    ...(check === null ? [] : (['REACHED'] as const)),
  ];
}

/** The latest step up to `index` that opens a scene. */
export function sceneOf(steps: readonly LessonStep[], index: number): number {
  return steps.findLastIndex((step, i) => i <= index && step.scene !== null);
}

/** Whether a step's caption is true at `cursor`: where it began, or ended without a question. */
export function isHome(cursor: Cursor, visit: Visit, step: LessonStep): boolean {
  const end = step.ask === null ? visit.end : null;
  return isSame(cursor, visit.asked ?? visit.start) || (end !== null && isSame(cursor, end));
}

/** Whether anything happened between the answer and the end. */
export function hasOutcome({ asked, end }: Visit): boolean {
  return asked !== null && end !== null && end.atMs > asked.atMs;
}

/** Whether both stand at the same place in the same future. */
function isSame(a: Cursor, b: Cursor): boolean {
  return a.branch === b.branch && a.step === b.step;
}
