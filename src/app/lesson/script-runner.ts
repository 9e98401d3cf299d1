/**
 * Plays the sentences of a lesson on a session: at once, or by the clock so that they can be
 * seen.
 */
import type { Action } from '../../lesson/actions';
import { holds } from '../../lesson/conditions';
import { momentOf } from '../../lesson/lesson-run';
import { deedsBefore } from '../../lesson/deeds';
import { replyTimeMs } from '../doing/await-reply';
import type { Waypoint } from '../time/clock';
import type { Session } from '../session.svelte';

/**
 * How many kernel steps a `run until` may look ahead; a condition that never comes gives up
 * there.
 */
const MOST_STEPS = 200_000;

export type Runner = Pick<ScriptRunner, 'isBusy' | 'runAtOnce' | 'play' | 'finish'>;

/** A session on which scripts are played in another way, or goals do not count what was before. */
interface OwnWays {
  readonly newRunner?: () => Runner;
  /** What happened up to this step does not count. */
  readonly countsFrom?: number;
}

export const runnerOf = (session: Session & OwnWays): Runner =>
  session.newRunner?.() ?? new ScriptRunner(session);

export class ScriptRunner {
  readonly #session: Session;
  #left: Action[] = [];
  #ondone: (() => void) | null = null;
  /** Whether what it does counts as done by hand. */
  #isLearner = false;

  constructor(session: Session) {
    this.#session = session;
  }

  get isBusy(): boolean {
    return this.#ondone !== null;
  }

  /** Does all at once. */
  runAtOnce(actions: readonly Action[]): void {
    for (const action of actions) {
      this.#leap(action);
      if (action.type === 'input' && action.input.type === 'command') {
        this.#session.source.seekTime(replyTimeMs(this.#session, action.input.client));
      }
    }
    this.#session.refresh();
  }

  /** Does one after the other, by the clock; `ondone` comes after the last. */
  play(
    actions: readonly Action[],
    ondone: () => void,
    who: 'by script' | 'as the learner' = 'by script',
  ): void {
    this.#left = [...actions];
    this.#isLearner = who === 'as the learner';
    this.#ondone = ondone;
    this.#next();
  }

  /** Does what is left at once, and says so to whoever waits. */
  finish(): void {
    const ondone = this.#ondone;
    const targetMs = this.#targetMs;
    if (ondone === null) return;
    this.#ondone = null;
    this.#session.forgetWaypoint();
    if (targetMs !== null) this.#session.seekTime(targetMs);
    this.#targetMs = null;
    this.runAtOnce(this.#left.splice(0));
    ondone();
  }

  #targetMs: number | null = null;

  #next(): void {
    const action = this.#left.shift();
    if (action === undefined) {
      const ondone = this.#ondone;
      this.#ondone = null;
      ondone?.();
      return;
    }
    if (action.type !== 'see' && action.unseen) {
      this.runAtOnce([action]);
      this.#next();
      return;
    }
    if (action.type === 'run-for' || action.type === 'run-until') {
      this.#playTo(this.#endOf(action), 'hurrying');
      return;
    }
    this.#leap(action);
    this.#session.refresh();
    if (action.type === 'input' && action.input.type === 'command') {
      this.#playTo(replyTimeMs(this.#session, action.input.client), 'slowly');
    } else this.#next();
  }

  #playTo(atMs: number, manner: Waypoint['manner']): void {
    this.#targetMs = atMs;
    const onarrival = () => {
      this.#targetMs = null;
      this.#next();
    };
    this.#session.playTo({ atMs, manner, onarrival });
  }

  /** When a run ends; computes that far and comes back. */
  #endOf(action: Action): number {
    const { source } = this.#session;
    const start = source.cursor;
    this.#leap(action);
    const endMs = source.cursor.atMs;
    this.#session.returnTo(start);
    return endMs;
  }

  #leap(action: Action): void {
    const session = this.#session;
    switch (action.type) {
      case 'input':
        if (this.#isLearner) session.act(action.input);
        else session.actByScript(action.input);
        return;
      case 'see':
        session.viewpoint = action.as === 'bird' ? null : action.as;
        return;
      case 'run-for':
        session.source.seekTime(session.source.cursor.atMs + action.durationMs);
        return;
      case 'run-until':
        leapUntil(session, action.condition, action.withinMs);
    }
  }
}

/** Steps until `condition` holds, or until `withinMs` virtual milliseconds have gone by. */
export function leapUntil(session: Session, condition: string, withinMs: number): boolean {
  const { source } = session;
  const limitMs = source.cursor.atMs + withinMs;
  for (let i = 0; i < MOST_STEPS; i += 1) {
    if (isTrueNow(session, condition)) return true;
    if (source.cursor.atMs >= limitMs) return false;
    source.stepEvents(1);
  }
  return false;
}

/** Whether a lesson's condition holds at the source's cursor. */
export function isTrueNow(session: Session, condition: string): boolean {
  return holds(condition, momentNow(session));
}

/** The moment at the source's cursor, with what the learner did before it. */
export function momentNow(session: Session & OwnWays) {
  const { source, countsFrom = 0 } = session;
  const moment = momentOf(source, deedsBefore(session.deeds, source.branches, source.cursor));
  if (countsFrom === 0) return moment;
  return { ...moment, notes: moment.notes.filter(({ step }) => step > countsFrom) };
}
