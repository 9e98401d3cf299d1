/** The engine and all parts of the page: loaded once, and not before the first picture stands. */
import { loadLate } from '../../drawing/late.svelte';
import type { Lesson } from '../../lesson/lesson';
import type { RealBench } from '../live/real-bench';
import type { Session } from '../session.svelte';

export type Engine = typeof import('./engine') & {
  /** What the workbench shows of real processes; left out where none can be on it. */
  readonly realBench?: (session: Session) => RealBench | null;
};

/** `lesson`: what is to be played, if it is one; its first step is enough. */
export async function loadEngine(lesson?: Lesson): Promise<Engine> {
  await firstPaint();
  const isOfReal = Object.values(lesson?.scenes ?? {}).some(({ scene }) => scene.recording);
  const [engine, recorded] = await Promise.all([
    import('./engine'),
    isOfReal ? import('../live/recorded-lesson') : null,
    loadLate(),
  ]);
  return recorded?.withRecordings(engine) ?? engine;
}

/** A frame is asked for, and it has been painted; where nothing is painted, a little later. */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
