/** Where in the course the things of `sightings.json` are seen. */
import SIGHTINGS from '../../../lessons/sightings.json';
import { hashOf } from '../links/url';
import { hrefOf, type Sighting } from './sighting';

export interface Seen {
  readonly href: string;
  readonly lesson: string;
  readonly step: string;
  /** As the learner counts; 0 for a step that is not there. */
  readonly number: number;
  readonly atMs: number | null;
  /** It waits for a deed of the learner. */
  readonly isByHand: boolean;
}

const { steps: numbers, things } = SIGHTINGS as unknown as {
  readonly steps: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly things: readonly Sighting[];
};
const bySight = new Map(things.map((one) => [`${one.kind} ${one.name}`, one]));

/** All that the course shows, in its order. */
export const SEEN_THINGS: readonly Sighting[] = things;

/** A thing of the sightings, as in `log stateFail`; null if the course does not show it. */
export const sightingOf = (sight: string): Sighting | null => bySight.get(sight) ?? null;

/** A thing of the sightings, or `lesson/step`. */
export function seenAt(seen: string): Seen {
  const sighting = sightingOf(seen);
  if (sighting !== null) return seenIn(sighting);
  const [lesson = '', step = ''] = seen.split('/');
  const href = hashOf({ page: 'lesson', slug: lesson, step });
  return { href, lesson, step, number: numberOf(lesson, step), atMs: null, isByHand: false };
}

export function seenIn(sighting: Sighting): Seen {
  const { lesson, step, atMs } = sighting;
  const number = numberOf(lesson, step);
  return { href: hrefOf(sighting), lesson, step, number, atMs, isByHand: atMs === null };
}

function numberOf(lesson: string, step: string): number {
  return numbers[lesson]?.[step] ?? 0;
}
