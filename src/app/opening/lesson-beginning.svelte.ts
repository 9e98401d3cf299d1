/**
 * How a lesson comes on the page: at its first step from a recording, with the engine to follow;
 * at any other step once the engine is there.
 */
import type { Lesson } from '../../lesson/lesson';
import type { Recording } from '../../timeline/recorded-source';
import { loadEngine, type Engine } from './load-engine';
import { OpeningPlayer } from './opening-player.svelte';
import type { Player } from '../player';
import { readProgress } from '../lesson/progress';
import type { Session } from '../session.svelte';

export type Beginning = { readonly opening: Recording } | { readonly engine: Engine };

export class TakenLesson {
  readonly #lesson: Lesson;
  #isClosed = false;
  player = $state.raw() as Player;
  /** The run on the stage is one of real processes; null: it is not. */
  real = $derived.by(() => this.#engine?.realBench?.(this.player.session) ?? null);
  #engine = $state.raw<Engine | null>(null);

  constructor(lesson: Lesson, stepId: string | null, beginning: Beginning) {
    this.#lesson = lesson;
    if ('engine' in beginning) {
      this.player = this.#livePlayer(beginning.engine, null);
      this.player.goTo(Math.max(0, stepIndex(lesson, stepId)));
    } else void this.#open(beginning.opening);
  }

  close(): void {
    this.#isClosed = true;
    this.player.close();
  }

  async #open(opening: Recording): Promise<void> {
    const first = new OpeningPlayer(this.#lesson, keptOf(this.#lesson), opening);
    this.player = first;
    const engine = await loadEngine(this.#lesson);
    if (this.#isClosed) return;
    const live = this.#livePlayer(engine, first.session);
    live.goTo(0);
    this.player = live;
    first.handOver(live);
  }

  /** `opened` shows a recording of the first scene and gets the engine for it. */
  #livePlayer(engine: Engine, opened: Session | null): Player {
    const lesson = this.#lesson;
    let waiting = opened;
    this.#engine = engine;
    return new engine.LessonPlayer(lesson, keptOf(lesson), (name) => {
      const { scene, opens } = lesson.scenes[name]!;
      const source = engine.sourceOfScene(scene, engine.printInput);
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
