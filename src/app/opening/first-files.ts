/** What the first page needs is fetched while its words come, not one after the other. */
import course from '../../../lessons/course.yaml';
import { placeOf } from '../links/url';
import { homeOpening, lessonOpening } from './openings';

/** Asks for the files of the page at `hash`; whoever shows it says so if one does not come. */
export function fetchFirstFiles(hash: string): void {
  const place = placeOf(
    hash,
    course.lessons.map(({ slug }) => slug),
  );
  if (place.page === 'home') ask(import('../pages/Home.svelte'), homeOpening());
  if (place.page !== 'lesson') return;
  const entry = course.lessons.find(({ slug }) => slug === place.slug);
  ask(import('../pages/LessonPage.svelte'), lessonOpening(place.slug), entry?.load());
}

function ask(...files: (Promise<unknown> | undefined)[]): void {
  for (const file of files) file?.catch(() => undefined);
}
