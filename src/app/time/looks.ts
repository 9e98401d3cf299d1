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

/** What is left of a frame in which more than this was computed is needed to draw it. */
const BUSY_MS = 5;

/**
 * A look of a crowd costs as much as a frame has. So it takes two: in the first its picture is
 * made, in the second it is shown, and nothing is computed; what flies goes on meanwhile.
 */
export class Looks {
  readonly #listener: ClockListener;
  #lookedMs = 0;
  #beganMs = 0;
  #isBehind = false;
  #isReady = false;
  /** Virtual time that was shown and is not computed yet. */
  #owedMs = 0;

  constructor(listener: ClockListener) {
    this.#listener = listener;
  }

  /** Until when to compute now, to go on by `stepMs`; null in a frame that is kept for a look. */
  until(fromMs: number, stepMs: number): number | null {
    const toMs = fromMs + this.#owedMs + stepMs;
    this.#beganMs = performance.now();
    this.#owedMs = this.#isReady ? toMs - fromMs : 0;
    if (!this.#isReady) return toMs;
    this.#look();
    this.#goOn(toMs);
    return null;
  }

  /** Time has come to `atMs`: a look, or only where the playhead is. */
  follow(atMs: number): void {
    const everyMs = this.#listener.lookEveryMs?.() ?? 0;
    if (everyMs === 0) return this.#look();
    this.#goOn(atMs);
    const nowMs = performance.now();
    const sinceMs = nowMs - this.#lookedMs;
    const isBusy = nowMs - this.#beganMs > BUSY_MS;
    if (sinceMs < (isBusy ? 2 * everyMs : everyMs)) return;
    this.#listener.onbeforemove?.();
    this.#isReady = true;
  }

  /** Time has stopped: what is on screen must be of this very moment. */
  catchUp(): void {
    this.#owedMs = 0;
    if (this.#isBehind) this.#look();
  }

  #goOn(atMs: number): void {
    this.#isBehind = true;
    this.#listener.ontween(atMs);
  }

  #look(): void {
    this.#isBehind = this.#isReady = false;
    this.#lookedMs = performance.now();
    this.#listener.onmove();
  }
}
