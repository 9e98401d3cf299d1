/**
 * One lesson being taken: which step, what was guessed, what the goals say, and the session it
 * plays in. Steps may be gone back to; each remembers where in time it began.
 */
import { createActor } from 'xstate';
import { verdictOn } from '../../lesson/answers';
import { checkResult } from '../../lesson/check';
import type { Answer, Lesson, LessonStep, Verdict } from '../../lesson/lesson';
import { lessonPlayerMachine } from './lesson-player.machine';
import { keepProgress, type Guess, type LessonProgress } from './progress';
import { isTrueNow, momentNow, runnerOf, type Runner } from './script-runner';
import { ShownWay } from './shown-way.svelte';
import * as visits from './lesson-visit';
import type { Session } from '../session.svelte';

export type Phase = 'entering' | 'asking' | 'showing' | 'shown' | 'doing' | 'done' | 'reading';

export class LessonPlayer {
  readonly lesson: Lesson;
  readonly #openScene: (scene: string) => Session;
  readonly #machine = createActor(lessonPlayerMachine);
  readonly #visits = new Map<number, visits.Visit>();
  readonly #keptGuesses: Readonly<Record<string, Guess>>;
  #runner!: Runner;

  session = $state.raw() as Session;
  index = $state(0);
  phase = $state<Phase>('entering');
  guesses = $state.raw<Readonly<Record<string, Guess>>>({});
  hintsShown = $state(0);
  /** When the question at hand was asked. */
  askedAtMs = $state(0);
  /** The clock was asked to go where only an answer leads. */
  isBlocked = $state(false);
  isDone = $state(false);
  /** One way to do the task, when it is shown. */
  readonly shownWay = new ShownWay();

  step = $derived.by(() => this.lesson.steps[this.index]!);
  isFirst = $derived(this.index === 0);
  isLast = $derived.by(() => this.index === this.lesson.steps.length - 1);
  guess = $derived(this.guesses[this.step.id]);
  /** A script is playing; going on does the rest of it at once. */
  isScriptRunning = $derived(
    this.phase === 'entering' || this.phase === 'showing' || this.shownWay.isPlaying,
  );
  /** Whether the page offers to go on: predictions and tasks come first. */
  mayGoOn = $derived(['reading', 'shown', 'done'].includes(this.phase));
  check = $derived.by(() => {
    // The moment changes with every revision; reading it here makes the goals follow.
    const { check } = this.step;
    if (check === null || this.session.revision < 0) return null;
    return checkResult(this.lesson.checks[check]!, momentNow(this.session));
  });

  /** `openScene` gives a session that stands where a scene of the lesson opens. */
  constructor(lesson: Lesson, kept: LessonProgress | null, openScene: (scene: string) => Session) {
    this.lesson = lesson;
    this.#openScene = openScene;
    this.#keptGuesses = kept?.guesses ?? {};
    this.isDone = kept?.isDone ?? false;
    this.#machine.subscribe(({ value }) => {
      this.phase = value;
    });
    this.#machine.start();
  }

  /** The verdict, once the outcome has played; null before and without a guess. */
  get verdict(): Verdict | null {
    const { ask } = this.step;
    const isOver = this.phase !== 'asking' && this.phase !== 'showing' && this.phase !== 'entering';
    if (ask === null || !isOver || this.guess === undefined || this.guess === null) return null;
    return verdictOn(ask, this.guess, momentNow(this.session));
  }

  /** What the run answered to a question in numbers, once it has. */
  get truth(): number | null {
    return this.phase === 'asking' ? null : (this.#visits.get(this.index)?.truth ?? null);
  }

  /** Whether the step's own caption is true where the cursor stands. */
  get isAtHome(): boolean {
    const visit = this.#visits.get(this.index);
    return visit !== undefined && visits.isHome(this.session.cursor, visit, this.step);
  }

  /** Whether the outcome of this step's question can be seen once more. */
  get hasReplay(): boolean {
    const visit = this.#visits.get(this.index);
    return this.mayGoOn && visit !== undefined && visits.hasOutcome(visit);
  }

  close(): void {
    this.#machine.stop();
    for (const { session } of this.#visits.values()) session.close();
    this.#visits.clear();
  }

  /** Goes to a step: plays its script the first time, comes back to its beginning after that. */
  goTo(index: number): void {
    const step = this.lesson.steps[index];
    if (step === undefined) return;
    this.#leave();
    const visit = this.#visits.get(index);
    if (visit !== undefined) this.#comeBack(index, visit);
    else if (step.scene !== null || this.#visits.has(index - 1)) this.#enter(index, 'play');
    else this.#build(index);
    this.#keep();
  }

  /** Goes on; while a script plays, does the rest of it at once instead. */
  next(): void {
    if (this.#runner.isBusy) this.#runner.finish();
    else if (!this.isLast) this.goTo(this.index + 1);
    else this.#finish();
  }

  back(): void {
    if (!this.isFirst) this.goTo(this.index - 1);
  }

  /** Forgets this step's guess and all that came after, and begins it in a fresh cluster. */
  startAnew(): void {
    this.#leave();
    const first = visits.sceneOf(this.lesson.steps, this.index);
    for (const [index, { session }] of [...this.#visits]) {
      if (index < first) continue;
      this.#visits.delete(index);
      session.close();
    }
    const { [this.step.id]: _forgotten, ...rest } = this.guesses;
    this.guesses = rest;
    this.#build(this.index);
    this.#keep();
  }

  /** Plays the outcome once more, from where the question stood. */
  replay(): void {
    const visit = this.#visits.get(this.index);
    if (visit === undefined || visit.asked === null || visit.end === null) return;
    this.session.returnTo(visit.asked);
    this.session.playTo({ ...visit.end, manner: 'hurrying', onarrival: () => undefined });
  }

  answer(answer: Answer): void {
    this.#show(answer, 'ANSWER');
  }

  skip(): void {
    this.#show(null, 'SKIP');
  }

  showHint(): void {
    this.hintsShown = Math.min(this.step.hints.length, this.hintsShown + 1);
  }

  /** The last hint: does the task on a copy. */
  showWay(): void {
    const task = this.#visits.get(this.index)?.task ?? null;
    const way = this.lesson.ways[this.step.id];
    if (this.phase !== 'doing' || task === null || way === undefined) return;
    this.shownWay.show(this.session, this.#runner, task, way);
  }

  /** Called by the page whenever the cursor moved: goals turn green by themselves. */
  watchGoals(): void {
    if (this.phase !== 'doing' || this.shownWay.isOpen || this.check?.passed !== true) return;
    this.#machine.send({ type: 'REACHED' });
    this.#overNow();
  }

  #show(guess: Guess, type: 'ANSWER' | 'SKIP'): void {
    if (this.phase !== 'asking') return;
    this.guesses = { ...this.guesses, [this.step.id]: guess };
    this.isBlocked = false;
    const visit = this.#visits.get(this.index);
    if (visit !== undefined) visit.asked = this.session.source.cursor;
    this.session.setGate(null);
    this.#machine.send({ type });
    this.#keep();
    this.#runner.play(this.step.then, () => {
      this.#overNow();
      this.#machine.send({ type: 'SHOWN' });
      this.#beginTask();
    });
  }

  #leave(): void {
    // Before the first step there is nothing to leave.
    if (this.#visits.size === 0) return;
    this.shownWay.leave();
    if (this.#runner.isBusy) this.#runner.finish();
    this.session.setGate(null);
    this.session.pause();
    this.hintsShown = 0;
    this.isBlocked = false;
  }

  #arriveAt(index: number): LessonStep {
    this.index = index;
    this.#machine.send({ type: 'GO', index, needs: visits.needsOf(this.step) });
    return this.step;
  }

  /** The first visit. `at once` is for steps on the way to one that was asked for by link. */
  #enter(index: number, how: 'play' | 'at once'): void {
    const before = this.#visits.get(index - 1);
    const step = this.#arriveAt(index);
    if (step.scene !== null) this.#use(this.#openScene(step.scene));
    else if (before !== undefined) this.#goOnFrom(index - 1, before);
    this.#visits.set(index, visits.newVisit(this.session));
    this.#applyView(step);
    if (how === 'play') {
      this.#runner.play(step.enter, () => this.#entered(step));
    } else {
      const way = this.lesson.ways[step.id] ?? [];
      this.#runner.runAtOnce([...step.enter, ...step.then, ...way]);
      this.#overNow();
    }
  }

  /** A script goes on where the last one ended; after a task the world is the learner's. */
  #goOnFrom(index: number, { session, end }: visits.Visit): void {
    this.#use(session);
    if (end !== null && this.lesson.steps[index]!.check === null) this.session.returnTo(end);
  }

  /** Comes to a step nobody has walked to: does what the steps before it do, tasks as well. */
  #build(index: number): void {
    const first = visits.sceneOf(this.lesson.steps, index);
    for (let i = first; i < index; i += 1) {
      const { id, ask, check } = this.lesson.steps[i]!;
      // Of a lesson from a file nobody may have said how its task is done.
      if (check !== null && ask === null && !this.lesson.ways[id]) return this.#enter(i, 'play');
      this.#enter(i, 'at once');
      this.guesses = { ...this.guesses, [id]: this.guesses[id] ?? this.#keptGuesses[id] ?? null };
    }
    this.#enter(index, 'play');
  }

  #comeBack(index: number, visit: visits.Visit): void {
    const step = this.#arriveAt(index);
    this.#use(visit.session);
    this.session.returnTo(visit.start);
    this.askedAtMs = (visit.asked ?? visit.start).atMs;
    this.#applyView(step);
    // A step that is over shows its end: verdict and ticks, and waits for nothing.
    if (visit.end !== null) for (const type of visits.wayToEnd(step)) this.#machine.send({ type });
    else this.#runner.play(step.enter, () => this.#entered(step));
  }

  #entered(step: LessonStep): void {
    this.#machine.send({ type: 'ENTERED' });
    this.#beginTask();
    this.askedAtMs = this.session.source.cursor.atMs;
    if (step.ask === null && step.check === null) this.#overNow();
    if (step.ask === null || step.keyEvent === null) return;
    const condition = step.keyEvent;
    this.session.setGate({
      isPast: () => isTrueNow(this.session, condition),
      onblocked: () => {
        this.isBlocked = true;
      },
    });
  }

  #beginTask(): void {
    const visit = this.#visits.get(this.index);
    if (visit !== undefined && this.phase === 'doing') visit.task = this.session.source.cursor;
  }

  #use(session: Session): void {
    if (this.session === session) return;
    if (this.#visits.size > 0) this.session.pause();
    this.session = session;
    this.#runner = runnerOf(session);
  }

  #applyView({ view }: LessonStep): void {
    if (view.as === null) return;
    this.session.isOperators = view.as === 'operator';
    this.session.viewpoint = ['bird', 'operator'].includes(view.as) ? null : view.as;
  }

  #overNow(): void {
    const visit = this.#visits.get(this.index);
    if (visit !== undefined) visits.endVisit(visit, this.step);
    this.#keep();
  }

  #finish(): void {
    this.isDone = true;
    this.#keep();
  }

  #keep(): void {
    const { isDone, guesses, lesson } = this;
    keepProgress(lesson.keptAs ?? lesson.slug, { step: this.step.id, isDone, guesses });
  }
}
