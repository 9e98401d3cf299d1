/** Every lesson of the course, played: its solution passes, its traps do not, and its words fit. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readCourse } from '../scripts/lesson-files';
import type { Scene } from '../src/kernel/scene';
import { judgeLesson } from '../src/lesson/judge-lesson';
import { printProblem, type Problem } from '../src/lesson/problem';
import type { ClusterSource } from '../src/timeline/cluster-source';
import { unseenIn } from '../scripts/unseen-sightings';
import { sourceOfLessonScene } from '../src/timeline/source-of-lesson-scene';

/** Playing takes seconds, more on a busy machine. */
const PLAY_LIMIT_MS = 60_000;

const course = readCourse(fileURLToPath(new URL('.', import.meta.url)));

function lines(problems: readonly Problem[]): string[] {
  return problems.map((each) => printProblem(each, 'en'));
}

test('the course names its lessons in an order that works', () => {
  expect(course.lessons.length).toBeGreaterThan(0);
  expect(lines(course.problems)).toEqual([]);
});

describe.each([...course.compiled])('%s', (slug, compiled) => {
  test('says what it means', () => {
    expect(lines(compiled.problems)).toEqual([]);
  });

  test(
    'plays: the solution passes, traps and idleness do not, answers agree',
    () => {
      const runs: ClusterSource[] = [];
      const newRun = (scene: Scene) => {
        const run = sourceOfLessonScene(scene);
        runs.push(run);
        return run;
      };
      expect(lines(judgeLesson(compiled, newRun))).toEqual([]);
      expect(
        unseenIn(slug, runs),
        'lessons/sightings.json is out of date: run `npm run docs` and commit what it writes',
      ).toEqual([]);
    },
    PLAY_LIMIT_MS,
  );
});
