/** The first picture of a lesson and of the home page, recorded while the page is built. */
import { firstCaptions } from '../src/app/opening/first-captions';
import { sandboxSource } from '../src/app/opening/sandbox-source';
import { BARE_SANDBOX } from '../src/app/links/url';
import type { Lesson } from '../src/lesson/lesson';
import { runUntil } from '../src/lesson/play-lesson';
import { record, type Recording } from '../src/timeline/recorded-source';
import { columnsOf } from '../src/timeline/recorded-traces';
import { SimulatedSource } from '../src/timeline/simulated-source';
import { sourceOfLessonScene } from '../src/timeline/source-of-lesson-scene';

/** The moment at which a lesson's first scene opens. */
export function lessonOpening({ scenes, steps }: Lesson): Recording {
  const { scene, opens } = scenes[steps[0]!.scene!]!;
  const source = sourceOfLessonScene(scene);
  if (opens.type === 'at') source.seekTime(opens.atMs);
  else runUntil(source, opens.condition, opens.withinMs);
  return { ...record(source), captions: firstCaptions(source) };
}

/** The plainest sandbox: the ring on the home page, and the sandbox without wishes. */
export function homeOpening(): Recording {
  const source = sandboxSource(BARE_SANDBOX, 'en');
  if (!(source instanceof SimulatedSource)) throw new Error('the plainest cluster cannot be built');
  // The home page has no lanes.
  return { ...record(source), traces: columnsOf([]), earlierGapsMs: [] };
}
