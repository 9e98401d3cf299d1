/**
 * When a page looks at all there is while time runs. What flies follows time in every frame; the
 * tables of a crowd are looked at a few times a second, which nobody sees.
 */
import { MOST_TIGHT } from '../../drawing/layout/scale';
import type { ClockListener } from './clock-verbs';

/** A millisecond a node; so few that a look costs little are looked at in every frame. */
export function lookEveryMs(nodeCount: number): number {
  return nodeCount > MOST_TIGHT ? Math.min(nodeCount, MOST_MS) : 0;
}
const MOST_MS = 150;

export class Looks {
  readonly #listener: ClockListener;
  #lookedMs = 0;
  #isBehind = false;

  constructor(listener: ClockListener) {
    this.#listener = listener;
  }

  /** Time has come to `atMs`: a look, or only where the playhead is. */
  follow(atMs: number): void {
    const everyMs = this.#listener.lookEveryMs?.() ?? 0;
    if (performance.now() - this.#lookedMs >= everyMs) return this.#look();
    this.#isBehind = true;
    this.#listener.ontween(atMs);
  }

  /** Time has stopped: what is on screen must be of this very moment. */
  catchUp(): void {
    if (this.#isBehind) this.#look();
  }

  #look(): void {
    this.#isBehind = false;
    this.#lookedMs = performance.now();
    this.#listener.onmove();
  }
}
