/**
 * npm run lesson -- check [FOLDER…] [--lang zh-CN] [--luck]
 * Validates lessons and plays each: its solution, its traps, and a learner who does nothing; with
 * `--luck` also with other seeds, which is slow.
 * npm run lesson -- new SLUG
 * Makes the folder of a new lesson that can be played at once.
 * npm run lesson -- seeds SLUG SCENE
 * Looks for seeds with which a scene tells the story its lesson tells.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCourse, readLessonFolder, writeLessonFolder } from '../../scripts/lesson-files';
import { sourceOfLessonScene } from '../timeline/source-of-lesson-scene';
import { compileWhole } from './compile-course';
import type { CompiledLesson } from './compile-lesson';
import { judgeLesson } from './judge-lesson';
import type { LessonLocale } from './lesson';
import { nearestWord } from './nearest-word';
import { newLesson } from './new-lesson';
import { stepsIn } from './play-lesson';
import { guess, isError, printProblem, type Problem } from './problem';

const LESSONS = fileURLToPath(new URL('../../lessons', import.meta.url));
const USAGE = `npm run lesson -- check [FOLDER…] [--lang en|zh-CN] [--luck]
npm run lesson -- new SLUG
npm run lesson -- seeds SLUG SCENE`;
const SEEDS = 60;
const LUCK_SEEDS = 10;

const withLuck = process.argv.includes('--luck');
const words = process.argv.slice(2).filter((word) => word !== '--luck');
const lang = words.indexOf('--lang');
const locale: LessonLocale = lang !== -1 && words[lang + 1] === 'zh-CN' ? 'zh-CN' : 'en';
const [command, ...names] = lang === -1 ? words : words.toSpliced(lang, 2);
if (command === 'check') process.exitCode = check(names);
else if (command === 'new') process.exitCode = create(names);
else if (command === 'seeds') process.exitCode = seeds(names);
else if (command === '--help') console.log(USAGE);
else {
  const { en } = guess(nearestWord(command ?? '', ['check', 'new', 'seeds']));
  console.error(`I do not know “${command ?? ''}”.${en}`);
  console.error(USAGE);
  process.exitCode = 2;
}

/** A slug, or the path of its folder. */
function slugOf(name: string): string {
  return name
    .replace(/[\\/]+$/, '')
    .split(/[\\/]/)
    .at(-1)!;
}

/** Lessons of the course, or folders that do not stand in it yet. */
function check(given: readonly string[]): number {
  if (given.length > 0) return Math.max(...given.map(checkFolder));
  const course = readCourse(LESSONS);
  const problems: Problem[] = [...course.problems];
  for (const [slug, compiled] of course.compiled) problems.push(...checkOne(slug, compiled));
  for (const each of course.problems) console.log(printProblem(each, locale));
  return problems.some(isError) ? 1 : 0;
}

function checkFolder(name: string): number {
  const slug = slugOf(name);
  const folder = readLessonFolder(name === slug ? LESSONS : dirname(resolve(name)), slug);
  if (folder === null) {
    const known = [...readCourse(LESSONS).compiled.keys()];
    console.error(`There is no lesson “${name}”.${guess(nearestWord(slug, known)).en}`);
    return 2;
  }
  return checkOne(slug, compileWhole(folder)).some(isError) ? 1 : 0;
}

function checkOne(slug: string, compiled: CompiledLesson): readonly Problem[] {
  const startMs = performance.now();
  const found = compiled.problems.some(isError)
    ? compiled.problems
    : [...compiled.problems, ...judgeLesson(compiled, sourceOfLessonScene)];
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const steps = compiled.lesson?.steps.length ?? 0;
  const { traps } = compiled.scripts;
  const verdict = found.some(isError) ? 'FAILS' : 'ok';
  console.log(`${slug.padEnd(12)} ${verdict}  ${steps} steps, ${traps.length} traps, ${seconds} s`);
  for (const each of found) console.log(`  ${printProblem(each, locale)}`);
  if (withLuck && !found.some(isError)) printLuck(compiled);
  return found;
}

function create([slug = '']: readonly string[]): number {
  if (!/^[a-z][a-z0-9-]*$/.test(slug)) {
    console.error(`“${slug}” is no name for a lesson: small letters, digits and hyphens.`);
    return 2;
  }
  if (readLessonFolder(LESSONS, slug)) {
    console.error(`lessons/${slug} exists already.`);
    return 2;
  }
  writeLessonFolder(LESSONS, newLesson(slug));
  console.log(`lessons/${slug} is ready. Add it to lessons/course.yaml:`);
  console.log(`  - { slug: ${slug}, part: slots }`);
  return 0;
}

function seeds([name = '', scene = '']: readonly string[]): number {
  const compiled = readCourse(LESSONS).compiled.get(slugOf(name));
  const lesson = compiled?.lesson;
  const found = lesson?.scenes[scene];
  if (!compiled || !lesson || !found) {
    const known = lesson ? Object.keys(lesson.scenes) : [];
    console.error(
      `There is no scene “${scene}” in “${name}”.${guess(nearestWord(scene, known)).en}`,
    );
    return 2;
  }
  for (let seed = 1; seed <= SEEDS; seed++) {
    console.log(`${seed}  ${withSeed(compiled, scene, seed)?.text[locale] ?? 'fits'}`);
  }
  return 0;
}

/** What is wrong with the part of a lesson that plays in a scene, were its seed another. */
function withSeed(compiled: CompiledLesson, scene: string, seed: number): Problem | undefined {
  const lesson = compiled.lesson!;
  const found = lesson.scenes[scene]!;
  const other = { ...found, scene: { ...found.scene, seed } };
  const scenes = { ...lesson.scenes, [scene]: other };
  const varied = { ...lesson, scenes, steps: stepsIn(lesson, scene) };
  // Line 1 stands for the lesson as a whole, of which only a part is played here.
  return judgeLesson({ ...compiled, lesson: varied }, sourceOfLessonScene).find(
    ({ line }) => line !== 1,
  );
}

/** E17, as a note: seeds are fixed, so luck spoils nothing until somebody changes one. */
function printLuck(compiled: CompiledLesson): void {
  for (const [name, { scene }] of Object.entries(compiled.lesson?.scenes ?? {})) {
    if (scene.log !== undefined) continue;
    const seeds = Array.from({ length: LUCK_SEEDS }, (_, i) => 1000 + i);
    const fits = seeds.filter((seed) => withSeed(compiled, name, seed) === undefined).length;
    console.log(`  E17 scene ${name}: ${fits} of ${LUCK_SEEDS} other seeds tell the same story`);
  }
}
