/**
 * Walks a lesson from its first step to its last without a browser: scenes open, answers are given,
 * a script does what a learner would do. What was seen on the way is data for the validator.
 */
import type { Input, TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { RecordedNote } from '../protocol/notes';
import type { Action } from './actions';
import { busiestMoment, type BusiestMoment, type Shown } from './busiest-moment';
import { rightAnswer, verdictOn } from './answers';
import { checkResult } from './check';
import type { Script } from './compile-scripts';
import { holds, valueOf } from './conditions';
import type { Answer, CheckResult, Lesson, LessonStep, Opening, Verdict } from './lesson';
import { drawnLesson } from './lots';
import { momentOf, type LessonRun, type Moment } from './lesson-run';

export type NewRun = (scene: Scene) => LessonRun;

/** What happened at one step. */
export interface PlayedStep {
  readonly step: LessonStep;
  /** Whether the key event had happened before the question was answered. */
  readonly keyEventEarly: boolean;
  readonly keyEventReached: boolean;
  readonly answer: Answer | null;
  readonly verdict: Verdict | null;
  /** The step's truth, measured after the outcome has played. */
  readonly truth: unknown;
  readonly checkAtEntry: CheckResult | null;
  /** At the end; passed if it passed at any moment of the step. */
  readonly check: CheckResult | null;
  /** While the script played, not the learner. */
  readonly busiest: BusiestMoment | null;
  /** The run it was played in, and from where to where the step's own script played. */
  readonly run: LessonRun;
  readonly fromStep: number;
  readonly toStep: number;
  readonly shown: readonly Shown[];
  readonly stuck: readonly Stuck[];
}

/** A condition that was waited for and never held. */
export interface Stuck {
  readonly where: 'opens' | 'enter' | 'then' | 'deeds';
  readonly condition: string;
  readonly withinMs: number;
  /** The last thing that did happen. */
  readonly last: RecordedNote | null;
}

/**
 * Plays every step and ends early when it gets stuck. With `untilStep`, only that step and what
 * comes before it in the same opening of its scene.
 */
export function playLesson(
  lesson: Lesson,
  newRun: NewRun,
  script: Script,
  untilStep: string | null = null,
): PlayedStep[] {
  const player = new Player(lesson, newRun, script);
  const played: PlayedStep[] = [];
  const end = lesson.steps.findIndex(({ id }) => id === untilStep);
  const opening = lesson.steps.findLastIndex(({ scene }, i) => i <= end && scene !== null);
  for (const step of lesson.steps.slice(Math.max(0, opening))) {
    const result = player.play(step);
    played.push(result);
    if (step.id === untilStep || result.stuck.length > 0) break;
  }
  return played;
}

/** The steps that play in one scene, each time it opens. */
export function stepsIn(lesson: Lesson, scene: string): LessonStep[] {
  const lot = lesson.steps.find((step) => step.scene === scene)?.lot ?? null;
  const { steps } = drawnLesson(lesson, lot);
  return steps.filter(
    (_, i) => steps.findLast((s, j) => j <= i && s.scene !== null)?.scene === scene,
  );
}

/** Runs until `condition` holds, event by event; false when it does not within `withinMs`. */
export function runUntil(
  run: LessonRun,
  condition: string,
  withinMs: number,
  deeds: readonly TimedInput[] = [],
  onEvent: () => void = () => undefined,
): boolean {
  const endMs = run.cursor.atMs + withinMs;
  while (!holds(condition, momentOf(run, deeds))) {
    const { step, atMs } = run.cursor;
    run.stepEvents(1);
    const isOver =
      run.cursor.atMs > endMs || (run.cursor.step === step && run.cursor.atMs === atMs);
    if (isOver) return false;
    onEvent();
  }
  return true;
}

class Player {
  private readonly lesson: Lesson;
  private readonly newRun: NewRun;
  private readonly script: Script;
  private run: LessonRun | null = null;
  private isRecorded = false;
  private deeds: TimedInput[] = [];
  private stuck: Stuck[] = [];
  private shown: Shown[] = [];
  /** Called after each event, to see whether a check passes in between. */
  private onEvent: () => unknown = () => undefined;

  constructor(lesson: Lesson, newRun: NewRun, script: Script) {
    this.lesson = lesson;
    this.newRun = newRun;
    this.script = script;
  }

  play(step: LessonStep): PlayedStep {
    this.stuck = [];
    this.shown = [];
    if (step.scene !== null) this.openScene(step.scene);
    const run = this.running();
    const fromStep = run.cursor.step;
    this.perform(step.enter, 'enter');
    const keyEventEarly = this.isReached(step.keyEvent);
    const { answer, verdict } = this.answer(step);
    const { checkAtEntry, check } = this.doStep(step);
    this.perform(step.then, 'then');
    const truth = step.ask?.truth ?? null;
    return {
      step,
      keyEventEarly,
      keyEventReached: this.isReached(step.keyEvent),
      answer,
      verdict,
      truth: truth === null ? null : valueOf(truth, this.moment()),
      checkAtEntry,
      check,
      // Of a recording not every arrival is noted, and nobody can thin out what was recorded.
      busiest: this.isRecorded ? null : busiestMoment(run.notes(), this.shown),
      ...{ run, fromStep, toStep: run.cursor.step, shown: this.shown },
      stuck: this.stuck,
    };
  }

  private openScene(name: string): void {
    const { scene, opens } = this.lesson.scenes[name]!;
    this.run = this.newRun(scene);
    this.isRecorded = scene.recording !== undefined;
    this.deeds = [];
    this.open(opens);
  }

  private open(opens: Opening): void {
    if (opens.type === 'at') this.running().seekTime(opens.atMs);
    else this.waitFor(opens.condition, opens.withinMs, 'opens');
  }

  private answer(step: LessonStep): { answer: Answer | null; verdict: Verdict | null } {
    if (!step.ask) return { answer: null, verdict: null };
    const answer = this.script.answers[step.id] ?? rightAnswer(step.ask);
    return { answer, verdict: verdictOn(step.ask, answer, this.moment()) };
  }

  private doStep(step: LessonStep) {
    const check = step.check === null ? undefined : this.lesson.checks[step.check];
    if (!check) return { checkAtEntry: null, check: null };
    const checkAtEntry = checkResult(check, this.moment());
    const results: CheckResult[] = [];
    this.onEvent = () => results.push(checkResult(check, this.moment()));
    this.perform(this.script.deeds[step.id] ?? [], 'deeds');
    this.onEvent = () => undefined;
    const atEnd = checkResult(check, this.moment());
    return { checkAtEntry, check: results.find(({ passed }) => passed) ?? atEnd };
  }

  private perform(actions: readonly Action[], where: Stuck['where']): void {
    for (const action of actions) {
      if (this.stuck.length > 0) return;
      const fromStep = this.running().cursor.step;
      if (action.type === 'input') this.act(action.input, where === 'deeds');
      if (action.type === 'run-for') this.runFor(action.durationMs);
      if (action.type === 'run-until') this.waitFor(action.condition, action.withinMs, where);
      this.onEvent();
      const isSeen = where !== 'deeds' && !('unseen' in action && action.unseen);
      if (isSeen) this.shown.push({ fromStep, toStep: this.running().cursor.step });
    }
  }

  private act(input: Input, isDeed: boolean): void {
    const run = this.running();
    run.act(input);
    if (isDeed) this.deeds.push({ atMs: run.cursor.atMs, input });
    // A command is answered in its own time; what comes next is typed after reading the answer.
    if (input.type === 'command') this.awaitReply(input.client);
  }

  private awaitReply(client: string): void {
    const run = this.running();
    const endMs = run.cursor.atMs + REPLY_WITHIN_MS;
    while (isWaiting(client, run) && run.cursor.atMs < endMs) {
      run.stepEvents(1);
      this.onEvent();
    }
  }

  private runFor(durationMs: number): void {
    const run = this.running();
    const endMs = run.cursor.atMs + durationMs;
    while (run.cursor.atMs < endMs) {
      const { step, atMs } = run.cursor;
      run.stepEvents(1);
      if (run.cursor.step === step && run.cursor.atMs === atMs) break;
      if (run.cursor.atMs <= endMs) this.onEvent();
    }
    run.seekTime(endMs);
  }

  private waitFor(condition: string, withinMs: number, where: Stuck['where']): void {
    const run = this.running();
    if (runUntil(run, condition, withinMs, this.deeds, () => this.onEvent())) return;
    const last = run.notes().findLast((note) => !QUIET.includes(note.event)) ?? null;
    this.stuck.push({ where, condition, withinMs, last });
  }

  private isReached(condition: string | null): boolean {
    return condition !== null && holds(condition, this.moment());
  }

  private moment(): Moment {
    return momentOf(this.running(), this.deeds);
  }

  private running(): LessonRun {
    if (!this.run) throw new Error(`the first step of ${this.lesson.slug} opens no scene`);
    return this.run;
  }
}

/** Whether a command of the client is still unanswered; one that is redirected is asked again. */
function isWaiting(client: string, run: LessonRun): boolean {
  let open = 0;
  for (const note of run.notes()) {
    if (note.step > run.cursor.step) break;
    if (note.event === 'command' && note.client === client) open++;
    if (note.event === 'reply' && note.client === client) open--;
  }
  return open > 0;
}

const REPLY_WITHIN_MS = 5000;
const QUIET: readonly RecordedNote['event'][] = ['sent', 'received', 'lost', 'log'];
