/**
 * The clock of live mode. At the live edge it follows what is being recorded, in real time; behind
 * the edge it is the clock of any run, and whoever plays up to the edge follows again.
 */
import { Clock } from '../time/clock';
import type { ClockListener, Moved } from '../time/clock-verbs';
import { motionIsReduced } from '../reduced-motion';

/** The picture follows at this pace; what flies for less than a millisecond needs no more. */
const FOLLOW_EVERY_MS = 33;
const FOLLOW_STILL_MS = 500;
/** Batches come twenty times a second: so far behind the newest, time runs evenly. */
const BEHIND_MS = 120;
/** After a pause of the page one is not led through all of it. */
const JUMP_MS = 1_000;
const PACE = { speed: 1, speedIsFixed: true, byBeat: false } as const;

export interface EdgeListener {
  /** The playhead came to the live edge, or left it. */
  readonly onedge: (isAtEdge: boolean) => void;
  /** Whether there is an edge at all: a recording that ended has none. */
  readonly isGrowing: () => boolean;
}

/** Where the playhead goes in `realMs` on its way to the edge: evenly, and a little faster. */
export function nextMs(atMs: number, edgeMs: number, realMs: number): number {
  const behindMs = edgeMs - atMs;
  if (behindMs > JUMP_MS) return edgeMs - BEHIND_MS;
  const catchUpMs = Math.max(0, behindMs - BEHIND_MS) * Math.min(1, realMs / 400);
  return Math.min(edgeMs, Math.max(atMs, atMs + realMs + catchUpMs));
}

export class LiveClock extends Clock {
  readonly #edge: EdgeListener;
  readonly #run: Moved;
  readonly #heard: ClockListener;
  #follows = false;
  #request = 0;
  #followedMs = 0;

  constructor(source: Moved, listener: ClockListener, edge: EdgeListener) {
    super(source, {
      ...listener,
      onstate: (state, pace) => {
        if (!this.isFollowing()) listener.onstate(state, pace);
      },
      onmove: () => {
        listener.onmove();
        this.#joinEdge();
      },
    });
    this.#edge = edge;
    this.#run = source;
    this.#heard = listener;
  }

  /** Goes to the live edge and stays there. */
  follow(): void {
    if (this.#follows) return;
    super.pause();
    this.#follows = true;
    this.#edge.onedge(true);
    this.#heard.onstate('playing', PACE);
    this.#followedMs = performance.now();
    this.#run.seekTime(Math.max(0, this.#run.computedUntilMs - BEHIND_MS));
    this.#heard.onmove();
    this.#request = requestAnimationFrame(this.#goOn);
  }

  override toggle(): void {
    if (this.#follows) this.#leave();
    else super.toggle();
  }

  override pause(): void {
    this.#leave();
    super.pause();
  }

  override seekTime(atMs: number): void {
    if (this.#edge.isGrowing() && atMs >= this.#run.computedUntilMs) this.follow();
    else super.seekTime(atMs);
  }

  override stepEvent(direction: 1 | -1): void {
    if (this.#mayStep(direction)) super.stepEvent(direction);
  }

  override stepBeat(direction: 1 | -1): void {
    if (this.#mayStep(direction)) super.stepBeat(direction);
  }

  override stepDelivery(direction: 1 | -1): void {
    if (this.#mayStep(direction)) super.stepDelivery(direction);
  }

  override close(): void {
    cancelAnimationFrame(this.#request);
    super.close();
  }

  // The field is not there yet while the constructor above calls back.
  private isFollowing(): boolean {
    return #follows in this && this.#follows;
  }

  /** At the edge nothing lies ahead; a step back leaves it. */
  #mayStep(direction: 1 | -1): boolean {
    if (!this.#follows) return true;
    if (direction === -1) this.#leave();
    return direction === -1;
  }

  #leave(): void {
    if (!this.isFollowing()) return;
    this.#follows = false;
    cancelAnimationFrame(this.#request);
    this.#edge.onedge(false);
    this.#heard.onstate('paused', PACE);
    this.#heard.onmove();
  }

  /** Whoever plays and has come to the edge follows it. */
  #joinEdge(): void {
    if (this.isFollowing() || !this.#edge.isGrowing()) return;
    const { cursor, computedUntilMs } = this.#run;
    if (this.isRunning() && cursor.atMs >= computedUntilMs) this.follow();
  }

  readonly #goOn = (nowMs: number): void => {
    if (!this.#follows) return;
    this.#request = requestAnimationFrame(this.#goOn);
    const realMs = nowMs - this.#followedMs;
    const nodesMs = this.#heard.lookEveryMs?.() ?? 0;
    const everyMs = Math.max(nodesMs, motionIsReduced() ? FOLLOW_STILL_MS : FOLLOW_EVERY_MS);
    if (realMs < everyMs - 4) return;
    this.#followedMs = nowMs;
    const { cursor, computedUntilMs } = this.#run;
    this.#run.seekTime(nextMs(cursor.atMs, computedUntilMs, realMs));
    this.#heard.onmove();
  };
}
