/** Whether what the reference says of a lesson is to be seen in it: read in runs that were played. */
import INDEX from '../lessons/sightings.json';
import type { Sighting } from '../src/app/reference/sighting';
import { thingsOf } from '../src/app/reference/thing-of-note';
import type { LessonRun } from '../src/lesson/lesson-run';

const things = INDEX.things as readonly Sighting[];
const nameOf = ({ kind, name }: Pick<Sighting, 'kind' | 'name'>) => `${kind} ${name}`;

/** What should be seen in this lesson, and is at its moment in none of its runs. */
export function unseenIn(slug: string, runs: readonly LessonRun[]): string[] {
  const here = things.filter(({ lesson }) => lesson === slug);
  const seen = new Set(runs.flatMap((run) => [...momentsOf(run)]));
  return here
    .filter((thing) => !seen.has(`${nameOf(thing)} ${thing.atMs ?? ''}`))
    .map((thing) => `${nameOf(thing)} at ${thing.atMs ?? 'some time'} in ${thing.step}`);
}

/** What a run shows, once with its moment and once without. */
function* momentsOf(run: LessonRun): Iterable<string> {
  for (const note of run.notes()) {
    for (const thing of thingsOf(note)) {
      yield `${nameOf(thing)} ${Math.ceil(note.atMs)}`;
      yield `${nameOf(thing)} `;
    }
  }
}
