/**
 * Where in the course each line, command, error, message and event is seen best: every lesson is
 * played as its solution plays it, and its notes are searched. `npm run docs` writes what is found.
 */
import type { NodeName } from '../src/protocol/ids';
import type { RecordedNote } from '../src/protocol/notes';
import { thingsOf, type Thing } from '../src/app/reference/thing-of-note';
import type { Sighting } from '../src/app/reference/sighting';
import type { CompiledCourse, CourseCard } from '../src/lesson/compile-course';
import type { Lesson, LessonStep, LessonText } from '../src/lesson/lesson';
import { drawnLessons } from '../src/lesson/lots';
import { playLesson, type PlayedStep } from '../src/lesson/play-lesson';
import { sourceOfLessonScene } from '../src/timeline/source-of-lesson-scene';
import { isNamed, proseOf, subjectPoints } from './lesson-subjects';

export const SIGHTINGS = 'lessons/sightings.json';

interface Candidate {
  readonly points: number;
  readonly sighting: Sighting;
}

/** Whether a step speaks of a thing, and whether it shows it while it plays. */
const POINTS = { shown: 8, named: 6, pointedAt: 3, opening: 0, task: -2, case: -12, recorded: -5 };

/** What the page needs of the course to name a place in it, without its lessons. */
export interface CourseIndex {
  /** The number of each step, as the learner counts. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly things: readonly Sighting[];
}

export const courseIndex = (course: CompiledCourse): CourseIndex => ({
  steps: Object.fromEntries(
    [...course.compiled].map(([slug, { lesson }]) => [slug, numbersOf(lesson)]),
  ),
  things: sightingsOf(course),
});

function numbersOf(lesson: Lesson | null): Record<string, number> {
  const drawn = lesson === null ? [] : drawnLessons(lesson);
  return Object.fromEntries(drawn.flatMap(({ steps }) => steps.map(({ id }, i) => [id, i + 1])));
}

/** As a file: a line for each lesson, and for each thing. */
export function printIndex({ steps, things }: CourseIndex): string {
  const ofLessons = Object.entries(steps).map(
    ([slug, numbers]) => `"${slug}":${JSON.stringify(numbers)}`,
  );
  const ofThings = things.map((each) => JSON.stringify(each));
  return `{"steps":{\n${ofLessons.join(',\n')}\n},"things":[\n${ofThings.join(',\n')}\n]}\n`;
}

/** One sighting for each thing the course shows, in the order of the course. */
function sightingsOf(course: CompiledCourse): Sighting[] {
  const best = new Map<string, Candidate>();
  for (const card of [...course.lessons, ...course.cases]) {
    for (const candidate of candidatesIn(course, card)) {
      const { kind, name } = candidate.sighting;
      const known = best.get(`${kind} ${name}`);
      if (known && known.points >= candidate.points) continue;
      best.set(`${kind} ${name}`, candidate);
    }
  }
  return [...best.values()].map(({ sighting }) => sighting);
}

function candidatesIn(course: CompiledCourse, card: CourseCard): Candidate[] {
  const { lesson, scripts } = course.compiled.get(card.slug)!;
  if (lesson === null) return [];
  return drawnLessons(lesson).flatMap((drawn) =>
    playLesson(drawn, sourceOfLessonScene, scripts.solution).flatMap((played) =>
      candidatesOf(played, card, lesson.text.en),
    ),
  );
}

function candidatesOf(played: PlayedStep, card: CourseCard, text: LessonText): Candidate[] {
  const prose = proseOf(played.step, text);
  const { step, run, fromStep, toStep, shown } = played;
  const begins = step.scene === null ? fromStep : -1;
  const ids = new Map<string, string>(run.frame.nodes.map(({ id, name }) => [id, name]));
  const isReal = ids.size === 0 || 'startsAtUnixMs' in run;
  const kept = new Map<string, Candidate>();
  for (const note of run.notes()) {
    if (note.step <= begins) continue;
    if (note.step > toStep) break;
    const isShown = shown.some((one) => note.step > one.fromStep && note.step <= one.toStep);
    const isOpening = note.step <= fromStep;
    for (const thing of thingsOf(note)) {
      if (isBackstage(note)) continue;
      let points = isShown ? POINTS.shown : isOpening ? POINTS.opening : POINTS.task;
      if (isNamed(thing, prose)) points += POINTS.named;
      points += subjectPoints(thing, text);
      if (isPointedAt(thing, note, step)) points += POINTS.pointedAt;
      if (card.part === 'cases') points += POINTS.case;
      if (isReal || card.part === 'lab') points += POINTS.recorded;
      const key = `${thing.kind} ${thing.name}`;
      if ((kept.get(key)?.points ?? -Infinity) >= points) continue;
      // What only the learner's own deeds bring about is not there yet when the step is opened.
      const atMs = isShown || isOpening ? Math.ceil(note.atMs) : null;
      const sighting = { ...placeOf(note, ids), lesson: card.slug, step: step.id, atMs };
      kept.set(key, { points, sighting: { ...thing, ...sighting } });
    }
  }
  return [...kept.values()];
}

/** Where on the page it stands: whose log, which message, which client's terminal. */
function placeOf(note: RecordedNote, ids: ReadonlyMap<string, NodeName>) {
  const names = 'text' in note ? namesIn(note.text, ids) : {};
  return {
    ...(Object.keys(names).length === 0 ? {} : { names }),
    ...nodeOf(note),
    ...(note.event === 'sent' ? { message: note.message } : {}),
    ...(note.event === 'command' || note.event === 'reply' ? { client: note.client } : {}),
  };
}

function nodeOf(note: RecordedNote): { node?: NodeName } {
  if ('node' in note) return { node: note.node };
  if (note.event === 'sent') return { node: note.to };
  if ('at' in note) return { node: note.at };
  return 'by' in note ? { node: note.by } : {};
}

function namesIn(text: string, ids: ReadonlyMap<string, NodeName>): Record<string, string> {
  const found = text.match(/\b[0-9a-f]{40}\b/g) ?? [];
  return Object.fromEntries(found.flatMap((id) => (ids.has(id) ? [[id, ids.get(id)!]] : [])));
}

const isBackstage = (note: RecordedNote): boolean =>
  'client' in note && note.client === 'backstage';

/** Whether the step points at where it stands. */
function isPointedAt({ kind, name }: Thing, note: RecordedNote, step: LessonStep): boolean {
  const tab = {
    log: 'log',
    message: 'message',
    command: 'terminal',
    error: 'terminal',
    event: null,
  };
  if (tab[kind] !== null && step.view.panel === tab[kind]) return true;
  return step.highlight.some((one) => {
    if (one.type === 'message') return one.messageType === name;
    if (one.type === 'panel') return one.panel === tab[kind];
    const { node } = nodeOf(note);
    if (one.type === 'log') return kind === 'log' && one.node === node;
    return (one.type === 'row' || one.type === 'reports') && kind === 'event' && one.at === node;
  });
}
