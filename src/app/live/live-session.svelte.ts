/** A run of real processes on the stage: what is done goes to the bridge, not to the source. */
import type { Input } from '../../kernel/inputs';
import type { ClusterSource } from '../../timeline/cluster-source';
import { Session } from '../session.svelte';
import { LiveClock, type EdgeListener } from './live-clock';
import { WaitingRunner } from './waiting-runner';

export class LiveSession extends Session {
  readonly #act: (input: Input) => void;
  readonly #clock: { current: LiveClock | null };
  countsFrom = 0;

  constructor(source: ClusterSource, edge: EdgeListener, act: (input: Input) => void) {
    const clock: { current: LiveClock | null } = { current: null };
    super(source, (moved, listener) => (clock.current = new LiveClock(moved, listener, edge)));
    this.#clock = clock;
    this.#act = act;
  }

  /** To the live edge, to stay there. */
  follow(): void {
    this.news = null;
    this.#clock.current?.follow();
  }

  /** What has happened so far is not what a lesson waits for. */
  countFromNow(): void {
    this.source.seekTime(this.source.computedUntilMs);
    this.countsFrom = this.source.cursor.step;
    this.refresh();
  }

  /** A script waits for the processes. */
  newRunner = (): WaitingRunner => new WaitingRunner(this);

  /** Nobody returns to where a real cluster was: lessons go on from where it is. */
  override returnTo = (): void => {
    this.follow();
  };

  override act(input: Input): void {
    this.#act(input);
  }
}
