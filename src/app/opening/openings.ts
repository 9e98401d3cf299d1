/** What pages open with, recorded when the page was built; each is loaded with its page. */
import type { Lesson } from '../../lesson/lesson';
import type { Recording } from '../../timeline/recorded-source';

export interface LessonOpening {
  /** As far as its first step. */
  readonly lesson: Lesson;
  /** The first picture. */
  readonly recording: Recording;
}

const ofLessons = import.meta.glob<LessonOpening>('../../../lessons/*/lesson.yaml', {
  query: '?opening',
  import: 'default',
});
const ofCases = import.meta.glob<LessonOpening>('../../../lessons/cases/*/lesson.yaml', {
  query: '?opening',
  import: 'default',
});

export async function homeOpening(): Promise<Recording> {
  return (await import('../../../lessons/course.yaml?opening')).default;
}

/** The beginning of a lesson, or of a case. */
export function lessonOpening(slug: string): Promise<LessonOpening> {
  const path = (folder: string) => `../../../lessons/${folder}${slug}/lesson.yaml`;
  return (ofLessons[path('')] ?? ofCases[path('cases/')])!();
}
