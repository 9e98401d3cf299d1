/**
 * How a lesson comes on the page: at its first step from a recording, with the engine and the rest
 * of the lesson to follow; at any other step once the engine is there.
 */
import type { Lesson } from '../../lesson/lesson';
import type { Recording } from '../../timeline/recorded-source';
import { firstPaint, loadEngine, type Engine } from './load-engine';
import { OpeningPlayer } from './opening-player.svelte';
import type { Player } from '../player';
import { readProgress } from '../lesson/progress';
import type { Session } from '../session.svelte';

export type Beginning =
  | { readonly recording: Recording; readonly loadWhole: () => Promise<Lesson> }
  | { readonly engine: Engine };

export class TakenLesson {
  #isClosed = false;
  player = $state.raw() as Player;
  /** The run on the stage is one of real processes; null: it is not. */
  real = $derived.by(() => this.#engine?.realBench?.(this.player.session) ?? null);
  #engine = $state.raw<Engine | null>(null);

  /** `lesson`: with a recording, its first step is enough. */
  constructor(lesson: Lesson, stepId: string | null, beginning: Beginning) {
    if ('engine' in beginning) {
      this.player = this.#livePlayer(lesson, beginning.engine, null);
      this.player.goTo(Math.max(0, stepIndex(lesson, stepId)));
    } else {
      const first = new OpeningPlayer(lesson, keptOf(lesson), beginning.recording);
      this.player = first;
      void this.#goLive(first, beginning.loadWhole);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.player.close();
  }

  async #goLive(first: OpeningPlayer, loadWhole: () => Promise<Lesson>): Promise<void> {
    const [engine, whole] = await Promise.all([
      loadEngine(first.lesson),
      firstPaint().then(loadWhole),
    ]);
    if (this.#isClosed) return;
    // The page knows a step by its object, and goes on with the one it shows.
    const steps = whole.steps.with(0, first.step);
    const live = this.#livePlayer({ ...whole, steps }, engine, first.session);
    live.goTo(0);
    this.player = live;
    first.handOver(live);
  }

  /** `opened` shows a recording of the first scene and gets the engine for it. */
  #livePlayer(lesson: Lesson, engine: Engine, opened: Session | null): Player {
    let waiting = opened;
    this.#engine = engine;
    return new engine.LessonPlayer(lesson, keptOf(lesson), (name) => {
      const { scene, opens } = lesson.scenes[name]!;
      const source = engine.sourceOfScene(scene);
      const session = engine.openScene(source, opens, waiting);
      waiting = null;
      return session;
    });
  }
}

/** -1 for a step that this lesson has not. */
export function stepIndex({ steps }: Lesson, stepId: string | null): number {
  return steps.findIndex(({ id }) => id === stepId);
}

function keptOf({ slug, keptAs = slug }: Lesson) {
  return readProgress()[keptAs] ?? null;
}
