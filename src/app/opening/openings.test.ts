import { describe, expect, test } from 'vitest';
import course from '../../../lessons/course.yaml';
import caseCourse from '../../../lessons/course.yaml?cases';
import { firstStepOf } from '../../lesson/first-step';
import { record, recordedSource } from '../../timeline/recorded-source';
import { columnsOf } from '../../timeline/recorded-traces';
import { SimulatedSource } from '../../timeline/simulated-source';
import { sourceOfLessonScene } from '../../timeline/source-of-lesson-scene';
import { firstCaptions } from './first-captions';
import { openScene } from '../lesson/lesson-visit';
import { homeOpening, lessonOpening } from './openings';
import { sandboxSource } from './sandbox-source';
import { BARE_SANDBOX } from '../links/place';

/** As the build writes it down. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the first picture, drawn before the engine has loaded', () => {
  test.each(
    [...course.lessons, ...caseCourse.lessons].map(({ slug, load }) => [slug, load] as const),
  )('of the lesson %s is the one the engine would show', async (slug, load) => {
    const lesson = await load();
    const { scenes, steps } = lesson;
    const { scene, opens } = scenes[steps[0]!.scene!]!;
    const { source } = openScene(sourceOfLessonScene(scene), opens);
    const captions = firstCaptions(source);
    const opening = { lesson: firstStepOf(lesson), recording: { ...record(source), captions } };
    expect(await lessonOpening(slug)).toEqual(plain(opening));
  });

  test('of a simulation it has virtual time, of a log that of its day', async () => {
    const [simulated, log] = await Promise.all(['slots', 'log'].map(lessonOpening));
    expect(recordedSource(simulated!.recording).startsAtUnixMs).toBeUndefined();
    expect(recordedSource(log!.recording).startsAtUnixMs).toBe(
      Date.UTC(2024, 2, 9, 11, 8, 28, 465),
    );
  });

  test('of the home page is that of the sandbox without wishes', async () => {
    const source = sandboxSource(BARE_SANDBOX, 'en') as SimulatedSource;
    expect(await homeOpening()).toEqual(
      plain({ ...record(source), traces: columnsOf([]), earlierGapsMs: [] }),
    );
  });
});
