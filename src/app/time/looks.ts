/**
 * When a page looks at all there is while time runs. What flies follows time in every frame; the
 * tables of a crowd are looked at a few times a second, which nobody sees.
 */
import type { ClockListener } from './clock-verbs';

/** So much of a frame may go into computing; a slower engine plays slower, and the page lives. */
const COMPUTING_MS = 8;
/** Where not all is looked at, a frame need not finish what comes in bursts: the next ones do. */
const SMOOTH_MS = 4;
/** So far time may be shown ahead of what is computed, in frames or in virtual milliseconds. */
const AHEAD = { frames: 2, mostFrames: 6, ms: 12 };

/**
 * A look of a crowd costs as much as a frame has. So it takes two, in which nothing is computed: in
 * the first its picture is made, in the second it is shown. What flies goes on meanwhile, and what
 * was not computed is so in the frames that follow.
 */
export class Looks {
  readonly #listener: ClockListener;
  #lookedMs = 0;
  #isBehind = false;
  #isReady = false;
  /** Virtual time that was shown and is not computed yet, and how much of it a frame goes on by. */
  #owedMs = 0;
  #stepMs = 0;

  constructor(listener: ClockListener) {
    this.#listener = listener;
  }

  get owedMs(): number {
    return this.#owedMs;
  }

  /** How long to compute in this frame. */
  get budgetMs(): number {
    const mayLag = this.#everyMs > 0 && this.#owedMs < AHEAD.frames * this.#stepMs;
    return mayLag ? SMOOTH_MS : COMPUTING_MS;
  }

  get #everyMs(): number {
    return this.#listener.lookEveryMs?.() ?? 0;
  }

  /**
   * Until when to compute now, to go on by `stepMs` but not past `lastMs`; null in a frame that is
   * kept for a look.
   */
  until(fromMs: number, stepMs: number, lastMs = Infinity): number | null {
    const toMs = Math.min(fromMs + this.#owedMs + stepMs, lastMs);
    this.#stepMs = stepMs;
    if (!this.#isReady && !this.#isDue()) return toMs;
    if (this.#isReady) this.#look();
    else {
      this.#listener.onbeforemove?.();
      this.#isReady = true;
    }
    this.#owedMs = toMs - fromMs;
    this.#goOn(toMs);
    return null;
  }

  /** Time is computed as far as `atMs`, and was to come to `toMs`: a look, or only what flies. */
  follow(atMs: number, toMs = atMs): void {
    if (this.#everyMs === 0) return this.#look();
    const most = Math.max(
      AHEAD.frames * this.#stepMs,
      Math.min(AHEAD.mostFrames * this.#stepMs, AHEAD.ms),
    );
    this.#owedMs = Math.min(Math.max(0, toMs - atMs), most);
    this.#goOn(atMs + this.#owedMs);
  }

  /** What was shown ahead is computed, or will not be. */
  forgetOwed(): void {
    this.#owedMs = 0;
  }

  /** Time has stopped: what is on screen must be of this very moment. */
  catchUp(): void {
    this.#owedMs = 0;
    if (this.#isBehind) this.#look();
  }

  /** Time for a look; a little later while there is much to compute. */
  #isDue(): boolean {
    const everyMs = this.#everyMs;
    if (everyMs === 0) return false;
    const isBusy = this.#owedMs >= AHEAD.frames * this.#stepMs;
    return performance.now() - this.#lookedMs >= (isBusy ? 2 * everyMs : everyMs);
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
