/**
 * A lesson that is another one for each lot: steps that name a lot are there only when it was
 * drawn. What is left is a lesson like any other.
 */
import type { Lesson, LessonStep } from './lesson';

type Lots = Pick<Lesson, 'steps'>;

/** The lots there are, in the order of their steps; none in a lesson without. */
export function lotsOf({ steps }: Lots): readonly string[] {
  return [...new Set(steps.flatMap(({ lot }) => lot ?? []))];
}

/** The lesson as it is when `lot` was drawn. */
export function drawnLesson<L extends Lots>(lesson: L, lot: string | null): L {
  const isThere = (step: LessonStep) => step.lot === null || step.lot === lot;
  return { ...lesson, steps: lesson.steps.filter(isThere) };
}

/** The lesson once for each lot; once as it stands when it has none. */
export function drawnLessons<L extends Lots>(lesson: L): readonly L[] {
  const lots = lotsOf(lesson);
  return lots.length === 0 ? [lesson] : lots.map((lot) => drawnLesson(lesson, lot));
}

/** The first step of the lot that follows; null when there is no other. */
export function nextLot(lesson: Lots, lot: string): string | null {
  const lots = lotsOf(lesson);
  const next = lots[(lots.indexOf(lot) + 1) % lots.length];
  return next === lot ? null : (lesson.steps.find((step) => step.lot === next)?.id ?? null);
}
