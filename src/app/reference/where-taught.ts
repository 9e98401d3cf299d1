/** Which lesson tells of a line of a log, for a link beside the line. */
import course from '../../../lessons/course.yaml';
import cases from '../../../lessons/course.yaml?cases';
import type { Locale } from '../../words/words.svelte';
import { hashOf } from '../links/url';
import { seenIn, sightingOf } from './seen';
import { lineName } from './thing-of-note';

export interface Taught {
  readonly href: string;
  readonly title: Readonly<Record<Locale, string>>;
  /** The number of the step, as the learner counts. */
  readonly step: number;
}

const titles = new Map([...course.lessons, ...cases.lessons].map((one) => [one.slug, one.title]));

/** Null for a line that is in no lesson, and in the lesson that tells of it: `here` is the address. */
export function whereTaught(line: string, here: string): Taught | null {
  const sighting = sightingOf(`log ${lineName(line)}`);
  if (sighting === null) return null;
  const { href, lesson, number } = seenIn(sighting);
  const title = titles.get(lesson);
  const isHere = here.split('?')[0] === hashOf({ page: 'lesson', slug: lesson, step: null });
  return title === undefined || isHere ? null : { href, title, step: number };
}
