/** What the first page needs is fetched while its words come, not one after the other. */
import course from '../../../lessons/course.yaml';
import { placeOf } from '../links/url';
import { homeOpening, lessonOpening } from './openings';

/**
 * Asks for the files of the page at `hash` and ends when all have come; whoever shows it says so
 * if one does not.
 */
export async function fetchFirstFiles(hash: string): Promise<void> {
  const place = placeOf(
    hash,
    course.lessons.map(({ slug }) => slug),
  );
  if (place.page === 'home') {
    await Promise.allSettled([import('../pages/Home.svelte'), homeOpening()]);
  } else if (place.page === 'lesson') {
    await Promise.allSettled([import('../pages/LessonPage.svelte'), lessonOpening(place.slug)]);
  }
}
