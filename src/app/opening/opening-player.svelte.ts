/**
 * A lesson at its first step, before the engine has loaded: it can be read and answered. What was
 * asked of it is done by the player that follows.
 */
import type { Answer, CheckResult, Lesson } from '../../lesson/lesson';
import { recordedSource, type Recording } from '../../timeline/recorded-source';
import type { Phase } from '../lesson/lesson-player.svelte';
import type { Player } from '../player';
import type { LessonProgress } from '../lesson/progress';
import { ShownWay } from '../lesson/shown-way.svelte';
import { Session } from '../session.svelte';

export class OpeningPlayer implements Player {
  readonly lesson: Lesson;
  readonly session: Session;
  readonly isDone: boolean;
  readonly #asked: ((player: Player) => void)[] = [];

  readonly index = 0;
  readonly guesses = {};
  readonly guess = undefined;
  readonly verdict = null;
  readonly truth = null;
  readonly hintsShown = 0;
  readonly isBlocked = false;
  readonly isFirst = true;
  readonly isAtHome = true;
  readonly hasReplay = false;
  readonly askedAtMs = 0;
  readonly shownWay = new ShownWay();

  constructor(lesson: Lesson, kept: LessonProgress | null, opening: Recording) {
    this.lesson = lesson;
    this.isDone = kept?.isDone ?? false;
    this.session = new Session(recordedSource(opening), null);
    const { as } = this.step.view;
    if (as !== null && as !== 'bird') this.session.viewpoint = as;
  }

  get step() {
    return this.lesson.steps[0]!;
  }

  get isLast(): boolean {
    return this.lesson.steps.length === 1;
  }

  /** A script waits for the engine; without one the step waits for the reader. */
  get phase(): Phase {
    if (this.step.enter.length > 0) return 'entering';
    if (this.step.ask !== null) return 'asking';
    return this.step.check === null ? 'reading' : 'doing';
  }

  get isScriptRunning(): boolean {
    return this.phase === 'entering';
  }

  get mayGoOn(): boolean {
    return this.phase === 'reading';
  }

  /** Nothing has been done yet, so no goal is reached. */
  get check(): CheckResult | null {
    const check = this.lesson.checks[this.step.check ?? ''];
    if (check === undefined) return null;
    const goals = check.goals.map(({ id, of }) => ({
      id,
      passed: false,
      progress: of === null ? null : { done: 0, of },
    }));
    return { id: check.id, passed: false, nearMiss: null, goals };
  }

  /** Tells the player that follows what the reader asked for meanwhile. */
  handOver(player: Player): void {
    for (const ask of this.#asked.splice(0)) ask(player);
  }

  close(): void {
    this.#asked.length = 0;
    this.session.close();
  }

  goTo(index: number): void {
    this.#asked.push((player) => player.goTo(index));
  }

  next(): void {
    this.#asked.push((player) => player.next());
  }

  back(): void {
    this.#asked.push((player) => player.back());
  }

  startAnew(): void {
    this.#asked.push((player) => player.startAnew());
  }

  replay(): void {
    this.#asked.push((player) => player.replay());
  }

  answer(answer: Answer): void {
    this.#asked.push((player) => player.answer(answer));
  }

  skip(): void {
    this.#asked.push((player) => player.skip());
  }

  showHint(): void {
    this.#asked.push((player) => player.showHint());
  }

  showWay(): void {
    this.#asked.push((player) => player.showWay());
  }

  watchGoals(): void {
    return;
  }
}
