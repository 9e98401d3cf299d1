/**
 * A wall and its presenter: two windows of one browser that speak by BroadcastChannel. The wall
 * says where it stands, the presenter what it should do; whoever comes later asks.
 */
import type { Phase } from './lesson-player.svelte';

export interface WallState {
  readonly slug: string;
  /** The step's id. */
  readonly step: string;
  readonly phase: Phase;
  readonly isBlank: boolean;
}

export const WALL_DEEDS = ['next', 'back', 'blank'] as const;
export type WallDeed = (typeof WALL_DEEDS)[number];

type Said =
  | ({ readonly type: 'wall' } & WallState)
  | { readonly type: 'gone'; readonly slug: string }
  | { readonly type: 'ask'; readonly slug: string }
  | { readonly type: 'do'; readonly slug: string; readonly deed: WallDeed };

/** What the windows have between them; a test has its own. */
export interface Line {
  postMessage(said: unknown): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  close(): void;
}

const NAME = 'slotscope wall';

/** Null where the browser has none: the wall then stands alone. */
export const openLine = (): Line | null =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);

/** The wall's end. */
export class WallEnd {
  readonly #line: Line;
  readonly #slug: string;
  #state: WallState | null = null;

  constructor(line: Line, slug: string, ondeed: (deed: WallDeed) => void) {
    this.#line = line;
    this.#slug = slug;
    line.onmessage = ({ data }) => {
      const said = data as Said;
      if (said.slug !== slug) return;
      if (said.type === 'ask' && this.#state !== null) this.tell(this.#state);
      if (said.type === 'do' && WALL_DEEDS.includes(said.deed)) ondeed(said.deed);
    };
  }

  tell(state: WallState): void {
    this.#state = state;
    this.#say({ type: 'wall', ...state });
  }

  close(): void {
    this.#say({ type: 'gone', slug: this.#slug });
    this.#line.close();
  }

  #say(said: Said): void {
    this.#line.postMessage(said);
  }
}

/** The presenter's end. */
export class PresenterEnd {
  readonly #line: Line;
  readonly #slug: string;

  /** `onstate` is told where the wall stands; null when it has gone. */
  constructor(line: Line, slug: string, onstate: (state: WallState | null) => void) {
    this.#line = line;
    this.#slug = slug;
    line.onmessage = ({ data }) => {
      const said = data as Said;
      if (said.slug !== slug) return;
      if (said.type === 'wall') onstate(said);
      if (said.type === 'gone') onstate(null);
    };
    this.#say({ type: 'ask', slug });
  }

  ask(deed: WallDeed): void {
    this.#say({ type: 'do', slug: this.#slug, deed });
  }

  close(): void {
    this.#line.close();
  }

  #say(said: Said): void {
    this.#line.postMessage(said);
  }
}
