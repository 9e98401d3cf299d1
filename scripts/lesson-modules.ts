/**
 * What importing course.yaml or a lesson.yaml gives: a module of plain data. With `?opening`: the
 * first picture of the lesson, or of the home page; with `?notes`: what is there for a teacher.
 */
import { basename, dirname, join } from 'node:path';
import type { CompiledCourse } from '../src/lesson/compile-course';
import { compileLesson } from '../src/lesson/compile-lesson';
import { compileNotes } from '../src/lesson/compile-notes';
import { isError, printProblem, type Problem } from '../src/lesson/problem';
import { readCourse, readLessonFolder } from './lesson-files';
import { homeOpening, lessonOpening } from './openings';

const OPENING = '?opening';
const NOTES = '?notes';

/** The code for the file `id` in the folder of lessons, and the files it was made from. */
export function lessonModule(root: string, id: string): { code: string; watched: string[] } {
  const isOpening = id.endsWith(OPENING);
  const [path = ''] = id.split('?');
  if (id.endsWith(NOTES)) return notesModule(root, basename(dirname(path)));
  if (basename(path) === 'course.yaml') {
    return isOpening ? { code: dataCode(homeOpening()), watched: [] } : courseModule(root);
  }
  const slug = basename(dirname(path));
  const { lesson, problems } = compileLesson(readLessonFolder(root, slug)!);
  stopOnErrors(problems);
  const data = isOpening && lesson !== null ? lessonOpening(lesson) : lesson;
  return { code: dataCode(data), watched: filesOf(root, slug) };
}

function notesModule(root: string, slug: string) {
  const { notes, problems } = compileNotes(readLessonFolder(root, slug)!);
  stopOnErrors(problems);
  return { code: dataCode(notes), watched: filesOf(root, slug) };
}

const dataCode = (data: unknown) => `export default ${JSON.stringify(data)};\n`;

function courseModule(root: string) {
  const course = readCourse(root);
  stopOnErrors(course.problems);
  const slugs = course.lessons.map(({ slug }) => slug);
  return { code: courseCode(course), watched: slugs.flatMap((slug) => filesOf(root, slug)) };
}

function courseCode({ parts, lessons }: CompiledCourse): string {
  const entries = lessons.map((card) => {
    const path = JSON.stringify(`./${card.slug}/lesson.yaml`);
    const notes = JSON.stringify(`./${card.slug}/lesson.yaml?notes`);
    const load = (from: string) => `() => import(${from}).then((m) => m.default)`;
    return `{...${JSON.stringify(card)}, load: ${load(path)}, notes: ${load(notes)}}`;
  });
  return `export default {parts: ${JSON.stringify(parts)}, lessons: [${entries.join(',\n')}]};\n`;
}

function filesOf(root: string, slug: string): string[] {
  const { files } = readLessonFolder(root, slug) ?? { files: {} };
  return Object.keys(files).map((path) => join(root, slug, path));
}

function stopOnErrors(problems: readonly Problem[]): void {
  const lines = problems.filter(isError).map((each) => `lessons/${printProblem(each, 'en')}`);
  if (lines.length > 0) throw new Error(`lessons cannot be compiled\n${lines.join('\n')}`);
}
