/** The lesson that is taken on the processes of a bridge, if one is. */
import type { CourseLesson, Lesson } from '../../lesson/lesson';
import { castOf, liveLesson, liveScene, type Unfit } from '../../lesson/live-lesson';
import { LessonPlayer } from '../lesson/lesson-player.svelte';
import { readProgress } from '../lesson/progress';
import type { LiveSession } from './live-session.svelte';

/** On real processes there is no way back, and nothing to play once more. */
class LivePlayer extends LessonPlayer {
  readonly #onanew: () => void;

  constructor(lesson: Lesson, session: LiveSession, onanew: () => void) {
    super(lesson, readProgress()[lesson.keptAs ?? lesson.slug] ?? null, () => session);
    this.#onanew = onanew;
    session.countFromNow();
    this.goTo(0);
  }

  override get hasReplay(): boolean {
    return false;
  }

  override goTo(index: number): void {
    super.goTo(index);
    (this.session as LiveSession).follow();
  }

  override startAnew(): void {
    this.#onanew();
  }

  /** The session is the page's. */
  override close(): void {
    this.session.forgetWaypoint();
  }
}

export class LiveLessons {
  player = $state.raw<LessonPlayer | null>(null);
  /** Why the one that was asked for cannot be taken now. */
  unfit = $state<Unfit | null>(null);

  async open(entry: CourseLesson, session: LiveSession): Promise<void> {
    const lesson = await entry.load();
    const scene = liveScene(lesson);
    const cast = scene === null ? 'shape' : castOf(scene, session.source.frame);
    this.unfit = typeof cast === 'string' ? cast : null;
    if (typeof cast === 'string') return;
    const begin = (): void => {
      this.player = new LivePlayer(liveLesson(lesson, cast), session, begin);
    };
    begin();
  }

  close(): void {
    this.player = null;
  }
}
