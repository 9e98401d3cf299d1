/** First pictures, recorded when the page was built; each is loaded when its page opens. */
import type { Recording } from '../../timeline/recorded-source';

const ofLessons = import.meta.glob<Recording>('../../../lessons/*/lesson.yaml', {
  query: '?opening',
  import: 'default',
});
const ofCases = import.meta.glob<Recording>('../../../lessons/cases/*/lesson.yaml', {
  query: '?opening',
  import: 'default',
});

export async function homeOpening(): Promise<Recording> {
  return (await import('../../../lessons/course.yaml?opening')).default;
}

/** The first picture of a lesson, or of a case. */
export function lessonOpening(slug: string): Promise<Recording> {
  const path = (folder: string) => `../../../lessons/${folder}${slug}/lesson.yaml`;
  return (ofLessons[path('')] ?? ofCases[path('cases/')])!();
}
