/**
 * npm run lesson -- check [SLUG…] [--lang zh-CN]
 * Validates lessons and plays each: its solution, its traps, and a learner who does nothing.
 * npm run lesson -- new SLUG
 * Makes the folder of a new lesson that can be played at once.
 * npm run lesson -- seeds SLUG SCENE
 * Looks for seeds with which a scene tells the story its lesson tells.
 */
import { fileURLToPath } from 'node:url';
import { readCourse, readLessonFolder, writeLessonFolder } from '../../scripts/lesson-files';
import { sourceOfScene } from '../timeline/source-of-scene';
import type { CompiledLesson } from './compile-lesson';
import { judgeLesson } from './judge-lesson';
import type { LessonLocale } from './lesson';
import { nearestWord } from './nearest-word';
import { newLesson } from './new-lesson';
import { stepsIn } from './play-lesson';
import { guess, isError, printProblem, type Problem } from './problem';

const LESSONS = fileURLToPath(new URL('../../lessons', import.meta.url));
const USAGE = `npm run lesson -- check [SLUG…] [--lang en|zh-CN]
npm run lesson -- new SLUG
npm run lesson -- seeds SLUG SCENE`;
const SEEDS = 60;

const words = process.argv.slice(2);
const lang = words.indexOf('--lang');
const locale: LessonLocale = lang !== -1 && words[lang + 1] === 'zh-CN' ? 'zh-CN' : 'en';
const [command, ...names] = lang === -1 ? words : words.toSpliced(lang, 2);
if (command === 'check') process.exitCode = check(names.map(slugOf));
else if (command === 'new') process.exitCode = create(names);
else if (command === 'seeds') process.exitCode = seeds(names);
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

function check(slugs: readonly string[]): number {
  const course = readCourse(LESSONS);
  const known = [...course.compiled.keys()];
  const unknown = slugs.filter((slug) => !known.includes(slug));
  for (const slug of unknown) {
    console.error(`There is no lesson “${slug}”.${guess(nearestWord(slug, known)).en}`);
  }
  if (unknown.length > 0) return 2;
  const problems: Problem[] = [...course.problems];
  for (const [slug, compiled] of course.compiled) {
    if (slugs.length === 0 || slugs.includes(slug)) problems.push(...checkOne(slug, compiled));
  }
  for (const each of course.problems) console.log(printProblem(each, locale));
  return problems.some(isError) ? 1 : 0;
}

function checkOne(slug: string, compiled: CompiledLesson): readonly Problem[] {
  const startMs = performance.now();
  const found = compiled.problems.some(isError)
    ? compiled.problems
    : [...compiled.problems, ...judgeLesson(compiled, sourceOfScene)];
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const steps = compiled.lesson?.steps.length ?? 0;
  const { traps } = compiled.scripts;
  const verdict = found.some(isError) ? 'FAILS' : 'ok';
  console.log(`${slug.padEnd(12)} ${verdict}  ${steps} steps, ${traps.length} traps, ${seconds} s`);
  for (const each of found) console.log(`  ${printProblem(each, locale)}`);
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
    const other = { ...found, scene: { ...found.scene, seed } };
    const scenes = { ...lesson.scenes, [scene]: other };
    const varied = { ...lesson, scenes, steps: stepsIn(lesson, scene) };
    // Line 1 stands for the lesson as a whole, of which only a part is played here.
    const problems = judgeLesson({ ...compiled, lesson: varied }, sourceOfScene).filter(
      ({ line }) => line !== 1,
    );
    console.log(`${seed}  ${problems.length === 0 ? 'fits' : (problems[0]?.text[locale] ?? '')}`);
  }
  return 0;
}
