/**
 * One way to do a task, shown on a copy: another future beside the learner's own, which is left as
 * it is.
 */
import type { Action } from '../../lesson/actions';
import type { Cursor } from '../../timeline/cluster-source';
import type { Session } from '../session.svelte';
import type { Runner } from './script-runner';

/** What plays, and where the learner was. */
interface Shown {
  readonly session: Session;
  readonly runner: Runner;
  readonly mine: Cursor;
}

export class ShownWay {
  #shown = $state.raw<Shown | null>(null);
  isPlaying = $state(false);
  isOpen = $derived(this.#shown !== null);

  /** Plays the way from where the task began. */
  show(session: Session, runner: Runner, from: Cursor, way: readonly Action[]): void {
    this.#shown ??= { session, runner, mine: session.source.cursor };
    session.returnTo(from);
    this.isPlaying = true;
    const ondone = () => {
      this.isPlaying = false;
    };
    runner.play(way, ondone, 'as the learner');
  }

  /** Back to the learner's own attempt. */
  leave(): void {
    if (this.#shown === null) return;
    const { session, runner, mine } = this.#shown;
    if (runner.isBusy) runner.finish();
    this.#shown = null;
    session.returnTo(mine);
  }
}
