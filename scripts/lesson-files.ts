/** The folder of lessons on disk. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileCourse, type CompiledCourse } from '../src/lesson/compile-course';
import type { LessonFolder } from '../src/lesson/compile-lesson';

const LESSON_FILE = /\.(yaml|md)$/;
/** Bytes; a lesson has them in base64. */
const RECORDING = /\.capture\.json\.gz$/;

/** The course in `root`, compiled with all its lessons. */
export function readCourse(root: string): CompiledCourse {
  const text = readFileSync(join(root, 'course.yaml'), 'utf8');
  return compileCourse(text, (slug) => readLessonFolder(root, slug));
}

/** Where a lesson lies, or a case; null when there is no such folder. */
export function lessonPath(root: string, slug: string): string | null {
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
  return [join(root, slug), join(root, 'cases', slug)].find(isFolder) ?? null;
}

/** One lesson's files, or null when there is no such folder. */
export function readLessonFolder(root: string, slug: string): LessonFolder | null {
  const folder = lessonPath(root, slug);
  if (folder === null) return null;
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = name.replaceAll('\\', '/');
    if (LESSON_FILE.test(path)) files[path] = readFileSync(join(folder, name), 'utf8');
    if (RECORDING.test(path)) files[path] = readFileSync(join(folder, name), 'base64');
  }
  return { slug, files };
}

/** Writes the files of a lesson; the folder must not exist yet. */
export function writeLessonFolder(root: string, { slug, files }: LessonFolder): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(root, slug, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
