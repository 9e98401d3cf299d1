/**
 * What importing course.yaml or a lesson.yaml gives: a module of plain data. With `?opening`: what
 * the lesson, or the home page, opens with; with `?notes`: what is there for a teacher; with
 * `?cases`: the cases of the course; with `?summaries`: a sentence about each of its lessons.
 */
import { basename, dirname, join } from 'node:path';
import { CASES, type CompiledCourse, type CourseCard } from '../src/lesson/compile-course';
import { compileLesson } from '../src/lesson/compile-lesson';
import { compileNotes } from '../src/lesson/compile-notes';
import { isError, printProblem, type Problem } from '../src/lesson/problem';
import { lessonPath, readCourse, readLessonFolder } from './lesson-files';
import { homeOpening, lessonOpening } from './openings';

const OPENING = '?opening';
const NOTES = '?notes';
const ONLY_CASES = '?cases';
const SUMMARIES = '?summaries';

/** The code for the file `id` in the folder of lessons, and the files it was made from. */
export function lessonModule(root: string, id: string): { code: string; watched: string[] } {
  const isOpening = id.endsWith(OPENING);
  const [path = ''] = id.split('?');
  if (id.endsWith(NOTES)) return notesModule(root, basename(dirname(path)));
  if (basename(path) === 'course.yaml') {
    if (isOpening) return { code: dataCode(homeOpening()), watched: [] };
    if (id.endsWith(SUMMARIES)) return courseModule(root, summariesCode);
    return courseModule(root, id.endsWith(ONLY_CASES) ? casesCode : courseCode);
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

function courseModule(root: string, codeOf: (course: CompiledCourse) => string) {
  const course = readCourse(root);
  stopOnErrors(course.problems);
  const slugs = [...course.compiled.keys()];
  return { code: codeOf(course), watched: slugs.flatMap((slug) => filesOf(root, slug)) };
}

const load = (from: string) => `() => import(${JSON.stringify(from)}).then((m) => m.default)`;
const lineCode = (card: Partial<CourseCard>, path: string) =>
  `{...${JSON.stringify(card)}, load: ${load(path)}}`;

function courseCode({ parts, lessons, cases }: CompiledCourse): string {
  // Every page loads the course, and one shows what is said of its lessons.
  const lines = lessons.map(({ summary: _, ...card }) =>
    lineCode(card, `./${card.slug}/lesson.yaml`),
  );
  const ofLessons = parts.filter(({ id }) => id !== CASES);
  const slugs = JSON.stringify(cases.map(({ slug }) => slug));
  return `export default {parts: ${JSON.stringify(ofLessons)}, cases: ${slugs}, lessons: [${lines.join(',\n')}]};\n`;
}

function casesCode({ parts, cases }: CompiledCourse): string {
  const lines = cases.map((card) => lineCode(card, `./cases/${card.slug}/lesson.yaml`));
  const ofCases = parts.filter(({ id }) => id === CASES);
  return `export default {parts: ${JSON.stringify(ofCases)}, lessons: [${lines.join(',\n')}]};\n`;
}

const summariesCode = ({ lessons }: CompiledCourse) =>
  dataCode(Object.fromEntries(lessons.map(({ slug, summary }) => [slug, summary])));

function filesOf(root: string, slug: string): string[] {
  const { files } = readLessonFolder(root, slug) ?? { files: {} };
  const folder = lessonPath(root, slug) ?? join(root, slug);
  return Object.keys(files).map((path) => join(folder, path));
}

function stopOnErrors(problems: readonly Problem[]): void {
  const lines = problems.filter(isError).map((each) => `lessons/${printProblem(each, 'en')}`);
  if (lines.length > 0) throw new Error(`lessons cannot be compiled\n${lines.join('\n')}`);
}
