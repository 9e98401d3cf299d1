/**
 * Looks ahead for the moment at which a condition holds, without moving the stage until it is
 * found. The language of conditions is large, so whoever needs this file loads it then.
 */
import { compileCondition, holds, type ConditionError } from '../../lesson/conditions';
import { deedsBefore } from '../../lesson/deeds';
import type { BranchSight } from '../../timeline/cluster-source';
import type { News } from '../telling/news';
import type { Session } from '../session.svelte';

/** The page stays alive: it looks this long at a time. */
const SLICE_MS = 12;

export interface Sought {
  readonly condition: string;
  /** What it says, for the sentence at the end. */
  readonly label: string;
  readonly limitMs: number;
}

/** Why a condition cannot be looked for; `notYesNo` reads well but has no answer. */
export type Refusal = ConditionError | 'notYesNo';

export class Search {
  /** How far it has looked, in virtual milliseconds; null while it does not. */
  reachedMs = $state<number | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  #running = 0;

  /** Ends at once; the stage stays where it is. */
  stop(): void {
    this.#running += 1;
    this.reachedMs = null;
  }

  /** Looks until it is found, the limit is reached or `stop`. Moves the stage only when found. */
  async run(session: Session, sought: Sought): Promise<void> {
    this.stop();
    this.refusal = refusalOf(sought.condition);
    if (this.refusal !== null) return;
    session.pause();
    const run = this.#running;
    const { branch, step } = session.cursor;
    const sight = session.source.playheadOn(branch);
    sight.seekStep(step);
    this.reachedMs = sight.cursor.atMs;
    try {
      const found = await this.#look(session, sight, sought, () => run === this.#running);
      if (found === null) return;
      if (found === 'found') session.seekStep(sight.cursor.step);
      else session.refresh();
      // A question that waits for its answer keeps the stage, and the secret.
      const isKept = found === 'found' && session.cursor.step !== sight.cursor.step;
      if (!isKept) session.news = newsOf(found, sight, sought);
    } catch (error) {
      // A node that this cluster does not have, or a question that asks too much.
      const summary = error instanceof Error ? error.message : String(error);
      this.refusal = { summary, column: 0, nearest: null };
    }
    if (run === this.#running) this.reachedMs = null;
  }

  async #look(
    session: Session,
    sight: BranchSight,
    { condition, limitMs }: Sought,
    isWanted: () => boolean,
  ): Promise<'found' | 'already' | 'missing' | null> {
    const isTrue = () => holds(condition, momentOf(session, sight));
    if (isTrue()) return 'already';
    const untilMs = sight.cursor.atMs + limitMs;
    while (isWanted()) {
      const sliceEndMs = performance.now() + SLICE_MS;
      while (performance.now() < sliceEndMs) {
        const { step } = sight.cursor;
        sight.stepEvents(1);
        if (sight.cursor.step === step || sight.cursor.atMs > untilMs) return 'missing';
        if (isTrue()) return 'found';
      }
      this.reachedMs = sight.cursor.atMs;
      await new Promise((resolve) => setTimeout(resolve));
    }
    return null;
  }
}

/** Why a condition cannot be looked for; null when it can. */
export function refusalOf(condition: string): Refusal | null {
  const compiled = compileCondition(condition);
  if (!compiled.ok) return compiled.error;
  return ['bool', 'dyn'].includes(compiled.condition.type) ? null : 'notYesNo';
}

function momentOf(session: Session, sight: BranchSight) {
  const { cursor, frame } = sight;
  const deeds = deedsBefore(session.deeds, session.branches, cursor);
  return { frame, notes: sight.notes(), untilStep: cursor.step, deeds };
}

function newsOf(type: 'found' | 'already' | 'missing', sight: BranchSight, sought: Sought): News {
  const { label: what, limitMs } = sought;
  if (type === 'missing') return { type, what, limitMs };
  return { type, what, atMs: sight.cursor.atMs };
}
