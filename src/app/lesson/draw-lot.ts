/**
 * Which lot of a lesson a reader gets: that of the step asked for, the one kept, or a new one; or
 * its second round, where a step of that is asked for.
 */
import type { Lesson } from '../../lesson/lesson';
import { drawnLesson, lotsOf, nextLot } from '../../lesson/lots';
import { AGAIN, renewedLesson } from '../../lesson/renewed-lesson';
import { readStored, writeStored } from '../storage';

/** The lesson with the steps of one lot; its own next lot can be asked for by link. */
export function drawLesson(lesson: Lesson, stepId: string | null): Lesson {
  if (stepId?.startsWith(AGAIN)) return renewedLesson(lesson) ?? lesson;
  const lot = drawLot(lesson, stepId);
  return lot === null ? lesson : { ...drawnLesson(lesson, lot), nextLot: nextLot(lesson, lot) };
}

export function drawLot(
  { slug, steps }: Pick<Lesson, 'slug' | 'steps'>,
  stepId: string | null,
): string | null {
  const lots = lotsOf({ steps });
  if (lots.length === 0) return null;
  const key = `lot ${slug}`;
  const kept = readStored(key);
  const drawn =
    steps.find(({ id }) => id === stepId)?.lot ??
    lots.find((lot) => lot === kept) ??
    lots[Math.floor(Math.random() * lots.length)]!;
  writeStored(key, drawn);
  return drawn;
}
