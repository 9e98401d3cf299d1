/** What a lesson and the home page open with, recorded while the page is built. */
import { firstCaptions } from '../src/app/opening/first-captions';
import { sandboxSource } from '../src/app/opening/sandbox-source';
import { BARE_SANDBOX } from '../src/app/links/place';
import type { LessonOpening } from '../src/app/opening/openings';
import { firstStepOf } from '../src/lesson/first-step';
import type { Lesson } from '../src/lesson/lesson';
import { runUntil } from '../src/lesson/play-lesson';
import { record, type Recording } from '../src/timeline/recorded-source';
import { columnsOf } from '../src/timeline/recorded-traces';
import { SimulatedSource } from '../src/timeline/simulated-source';
import { sourceOfLessonScene } from '../src/timeline/source-of-lesson-scene';

/** The moment at which a lesson's first scene opens, and what is said of it. */
export function lessonOpening(lesson: Lesson): LessonOpening {
  const { scenes, steps } = lesson;
  const { scene, opens } = scenes[steps[0]!.scene!]!;
  const source = sourceOfLessonScene(scene);
  if (opens.type === 'at') source.seekTime(opens.atMs);
  else runUntil(source, opens.condition, opens.withinMs);
  const recording = { ...record(source), captions: firstCaptions(source) };
  return { lesson: firstStepOf(lesson), recording };
}

/** The plainest sandbox: the ring on the home page, and the sandbox without wishes. */
export function homeOpening(): Recording {
  const source = sandboxSource(BARE_SANDBOX, 'en');
  if (!(source instanceof SimulatedSource)) throw new Error('the plainest cluster cannot be built');
  // The home page has no lanes.
  return { ...record(source), traces: columnsOf([]), earlierGapsMs: [] };
}
