/** What a lesson needs that plays a recording of real processes; loaded with the first of them. */
import { sourceOfLessonScene } from '../../timeline/source-of-lesson-scene';
import { CaptureSource } from '../../timeline/capture-source';
import { liveWords } from '../../words/live.svelte';
import type { Engine } from '../opening/load-engine';
import type { Session } from '../session.svelte';
import LiveBadge from './LiveBadge.svelte';
import LiveBeside from './LiveBeside.svelte';
import LiveOver from './LiveOver.svelte';
import { asReal } from './open-source';
import type { RealBench } from './real-bench';

export const withRecordings = (engine: Engine): Engine => ({
  ...engine,
  sourceOfScene: sourceOfLessonScene,
  realBench,
});

/** The workbench is told that these were real; null where they are not. */
function realBench({ source }: Session): RealBench | null {
  if (!(source instanceof CaptureSource)) return null;
  return {
    run: null,
    source: asReal(source),
    canAct: false,
    canGoOn: true,
    get beyond() {
      return liveWords.live.edge.stopped;
    },
    badge: LiveBadge,
    over: LiveOver,
    beside: LiveBeside,
  };
}
