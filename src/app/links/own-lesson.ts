/**
 * A lesson from the reader's own files: read from a folder, a ZIP or single files, and packed
 * into a link. Nothing leaves the page, and what is too large is not read.
 */
import { deflateSync, inflateSync, strFromU8, strToU8, unzipSync } from 'fflate';
import type { LessonFolder } from '../../lesson/compile-lesson';
import { outLength, toBytes, toText } from './packed-link';
import { OWN_SLUG } from './own-slug';
import { hashOf } from './url';

const VERSION = '1';
const MOST_FILES = 40;
const MOST_CHARACTERS = 200_000;
const LESSON_FILE = /\.(?:yaml|yml|md)$/;
const MAIN_FILE = 'lesson.yaml';

export type Files = Readonly<Record<string, string>>;

/** Why files are no lesson. */
export type OwnProblem = 'no-lesson' | 'too-large' | 'damaged';

/** The address of a lesson, or why there is none: an `OwnProblem`. */
export function ownLessonHash(files: Files): string {
  const lesson = lessonFiles(files);
  if (typeof lesson === 'string') return lesson;
  const bytes = deflateSync(strToU8(JSON.stringify(lesson)), { level: 9 });
  return hashOf({ page: 'own', packed: `${VERSION}.${toText(bytes)}`, step: null });
}

/** The folder a link holds. */
export function unpackLesson(packed: string): LessonFolder | OwnProblem {
  const [version, data = ''] = packed.split('.');
  if (version !== VERSION) return 'damaged';
  try {
    const room = Math.min(outLength(data), 4 * MOST_CHARACTERS);
    const bytes = inflateSync(toBytes(data), { out: new Uint8Array(room) });
    const value: unknown = JSON.parse(strFromU8(bytes));
    const files = isFiles(value) ? lessonFiles(value) : 'damaged';
    return typeof files === 'string' ? files : { slug: OWN_SLUG, files };
  } catch {
    return 'damaged';
  }
}

/** The texts in a ZIP; what is no text of a lesson, or too large for one, is left packed. */
export function filesInZip(bytes: Uint8Array): Files {
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) =>
    LESSON_FILE.test(name) && originalSize <= MOST_CHARACTERS;
  const found = unzipSync(bytes, { filter });
  return Object.fromEntries(Object.entries(found).map(([name, data]) => [name, strFromU8(data)]));
}

/** The files beside and below lesson.yaml, by their path from there. */
function lessonFiles(files: Files): Files | OwnProblem {
  const main = Object.keys(files)
    .filter((path) => path === MAIN_FILE || path.endsWith(`/${MAIN_FILE}`))
    .sort((a, b) => a.length - b.length)[0];
  if (main === undefined) return 'no-lesson';
  const root = main.slice(0, -MAIN_FILE.length);
  const own = Object.entries(files)
    .filter(([path]) => path.startsWith(root) && LESSON_FILE.test(path))
    .map(([path, text]) => [path.slice(root.length), text] as const);
  const length = own.reduce((sum, [, text]) => sum + text.length, 0);
  if (own.length > MOST_FILES || length > MOST_CHARACTERS) return 'too-large';
  return Object.fromEntries(own);
}

function isFiles(value: unknown): value is Files {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}
