/**
 * Compiles lessons while Vite bundles: `import course from '…/lessons/course.yaml'` gives a Course
 * whose lessons load when they are opened. An error in a lesson stops the build with its line.
 */
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { CompiledCourse } from '../src/lesson/compile-course';
import { compileLesson } from '../src/lesson/compile-lesson';
import { isError, printProblem, type Problem } from '../src/lesson/problem';
import { readCourse, readLessonFolder } from './lesson-files';

const LESSONS = resolve(fileURLToPath(new URL('../lessons', import.meta.url)));
const LESSON_ID = /[\\/]lessons[\\/](?:course\.yaml|[\w-]+[\\/]lesson\.yaml)$/;

export function lessons(): Plugin {
  return {
    name: 'lessons',
    enforce: 'pre',
    load: {
      filter: { id: LESSON_ID },
      handler(id) {
        if (!resolve(id).startsWith(LESSONS + sep)) return null;
        const isCourse = basename(id) === 'course.yaml';
        const { code, watched } = isCourse ? courseModule() : lessonModule(basename(dirname(id)));
        for (const file of watched) this.addWatchFile(file);
        return { code, moduleType: 'js', map: null };
      },
    },
  };
}

function courseModule() {
  const course = readCourse(LESSONS);
  stopOnErrors(course.problems);
  const slugs = course.lessons.map(({ slug }) => slug);
  return { code: courseCode(course), watched: slugs.flatMap((slug) => filesOf(slug)) };
}

function courseCode({ parts, lessons: cards }: CompiledCourse): string {
  const entries = cards.map((card) => {
    const path = JSON.stringify(`./${card.slug}/lesson.yaml`);
    return `{...${JSON.stringify(card)}, load: () => import(${path}).then((m) => m.default)}`;
  });
  return `export default {parts: ${JSON.stringify(parts)}, lessons: [${entries.join(',\n')}]};\n`;
}

function lessonModule(slug: string) {
  const { lesson, problems } = compileLesson(readLessonFolder(LESSONS, slug)!);
  stopOnErrors(problems);
  return { code: `export default ${JSON.stringify(lesson)};\n`, watched: filesOf(slug) };
}

function filesOf(slug: string): string[] {
  const { files } = readLessonFolder(LESSONS, slug) ?? { files: {} };
  return Object.keys(files).map((path) => join(LESSONS, slug, path));
}

function stopOnErrors(problems: readonly Problem[]): void {
  const lines = problems.filter(isError).map((each) => `lessons/${printProblem(each, 'en')}`);
  if (lines.length > 0) throw new Error(`lessons cannot be compiled\n${lines.join('\n')}`);
}
