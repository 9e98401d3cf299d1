/** The script of a lesson on real processes: it does nothing, and waits until they have done it. */
import type { Action } from '../../lesson/actions';
import { isTrueNow, type Runner } from '../lesson/script-runner';
import type { Session } from '../session.svelte';

const LOOK_EVERY_MS = 200;

export class WaitingRunner implements Runner {
  readonly #session: Session;
  #left: string[] = [];
  #ondone: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  get isBusy(): boolean {
    return this.#ondone !== null;
  }

  /** What was not waited for is not made up for. */
  runAtOnce(): void {
    this.#left = [];
  }

  play(actions: readonly Action[], ondone: () => void): void {
    this.#left = actions.flatMap((action) =>
      action.type === 'run-until' ? [action.condition] : [],
    );
    this.#ondone = ondone;
    this.#look();
  }

  /** Waits no longer. */
  finish(): void {
    const ondone = this.#ondone;
    clearTimeout(this.#timer);
    this.#ondone = null;
    this.#left = [];
    ondone?.();
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    const [condition] = this.#left;
    if (condition === undefined) this.finish();
    else {
      if (isTrueNow(this.#session, condition)) this.#left.shift();
      this.#timer = setTimeout(this.#look, LOOK_EVERY_MS);
    }
  };
}
