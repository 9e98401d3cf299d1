/** A run of real processes on the stage: what is done goes to the bridge, not to the source. */
import type { Input } from '../../kernel/inputs';
import type { ClusterSource } from '../../timeline/cluster-source';
import { Session } from '../session.svelte';
import { LiveClock, type EdgeListener } from './live-clock';

export class LiveSession extends Session {
  readonly #act: (input: Input) => void;
  readonly #clock: { current: LiveClock | null };

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

  override act(input: Input): void {
    this.#act(input);
  }
}
