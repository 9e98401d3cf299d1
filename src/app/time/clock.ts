/**
 * Moves a source by the page's frames: real milliseconds come in, the cursor goes on.
 * Knows no runes and no pixels; the session listens and shows.
 */
import { createActor } from 'xstate';
import type { Beat, BeatKind, Cursor } from '../../timeline/cluster-source';
import { playbackMachine } from '../../timeline/playback.machine';
import {
  firstAfter,
  SLOW_SPEED,
  STEP_MS,
  STILL_STEP_MS,
  tweenMs,
  virtualStepMs,
  type Pace,
} from '../../timeline/playback';
import type { ClockListener, ClockState, Gate, Moved, Waypoint } from './clock-verbs';
import { holdAt } from './hold-at';
import { Looks } from './looks';
import { walkTowards } from '../opening/journey';
import { motionIsReduced } from '../reduced-motion';

export type { ClockListener, ClockVerbs, Gate, Moved, NewClock, Waypoint } from './clock-verbs';

interface Tween {
  readonly fromMs: number;
  readonly toMs: number;
  readonly startedMs: number;
}

export class Clock {
  readonly #source: Moved;
  readonly #listener: ClockListener;
  readonly #looks: Looks;
  readonly #playback = createActor(playbackMachine).start();
  #gate: Gate | null = null;
  #breakpoints: readonly BeatKind[] = [];
  #tween: Tween | null = null;
  #waypoint: Waypoint | null = null;
  #lastMs = 0;
  #stillMs = 0;
  #request = 0;

  constructor(source: Moved, listener: ClockListener) {
    this.#source = source;
    this.#listener = listener;
    this.#looks = new Looks(listener);
    this.#playback.subscribe(({ value, context }) => {
      listener.onstate(value, context);
      if (value !== 'paused') this.#run();
      else this.#catchUp();
    });
  }

  get #state(): ClockState {
    return this.#playback.getSnapshot().value;
  }

  #isPaused(): boolean {
    return this.#state === 'paused';
  }

  /** Time runs by itself. */
  protected isRunning(): boolean {
    return this.#state === 'playing' || this.#state === 'toBeat';
  }

  close(): void {
    cancelAnimationFrame(this.#request);
    this.#playback.stop();
  }

  toggle(): void {
    this.#playback.send({ type: 'TOGGLE' });
  }

  pause(): void {
    this.#playback.send({ type: 'PAUSE' });
    this.endTween();
  }

  setSpeed(speed: number): void {
    this.#playback.send({ type: 'SET_SPEED', speed });
  }

  setByBeat(): void {
    this.#playback.send({ type: 'SET_BY_BEAT' });
  }

  /** No play, step or seek goes through the gate; null opens the way. */
  setGate(gate: Gate | null): void {
    this.#gate = gate;
  }

  /** Plays to a time and calls whoever waits there, however the cursor gets there. */
  playTo(waypoint: Waypoint): void {
    this.pause();
    this.#waypoint = waypoint;
    if (waypoint.atMs <= this.#source.cursor.atMs) this.#arrive();
    else this.#playback.send({ type: 'PLAY' });
  }

  /** Whoever waited at the end of `playTo` no longer does. */
  forgetWaypoint(): void {
    this.#waypoint = null;
  }

  seekTime(atMs: number): void {
    this.#seek(() => this.#source.seekTime(Math.max(0, atMs)));
  }

  seekStep(step: number): void {
    this.#seek(() => this.#source.seekStep(step));
  }

  #seek(move: () => void): void {
    this.pause();
    const fromStep = this.#source.cursor.step;
    move();
    const isHeld = this.#holdAtGate(fromStep);
    this.#listener.onmove();
    if (isHeld) this.#gate?.onblocked();
    else this.#arrive();
  }

  /** Moves by one event and lets the eye follow; a second press completes the first at once. */
  stepEvent(direction: 1 | -1): void {
    this.#step(() => {
      this.#source.stepEvents(direction);
    }, direction);
  }

  /** Moves by one beat, at once: much may lie between. */
  stepBeat(direction: 1 | -1): void {
    this.#stepTo('beat', direction, () => this.#source.stepBeat(direction));
  }

  /** The same to the next message that is read. */
  stepDelivery(direction: 1 | -1): void {
    this.#stepTo('delivery', direction, () => this.#source.stepDelivery(direction));
  }

  #stepTo(what: 'beat' | 'delivery', direction: 1 | -1, move: () => unknown): void {
    this.#step(() => {
      if (move() === null && direction === 1) this.#listener.onnone(what);
    }, null);
  }

  /** Beats of these kinds stop the clock when it plays. */
  setBreakpoints(kinds: readonly BeatKind[]): void {
    this.#breakpoints = kinds;
  }

  /** `followed` is the direction in which the eye follows; null for a cut. */
  #step(move: () => void, followed: 1 | -1 | null): void {
    this.endTween();
    this.#looks.forgetOwed();
    const { atMs, step } = this.#source.cursor;
    move();
    const isHeld = this.#holdAtGate(step);
    this.#follow(atMs, followed);
    if (isHeld) this.#gate?.onblocked();
    else this.#arrive();
  }

  /** Completes a step that is being shown. */
  endTween(): void {
    if (this.#tween === null) return;
    this.#tween = null;
    this.#listener.onmove();
    this.#playback.send({ type: 'ARRIVED' });
  }

  #follow(fromMs: number, followed: 1 | -1 | null): void {
    const toMs = this.#source.cursor.atMs;
    const isCut = followed === null || toMs === fromMs || motionIsReduced();
    // Going back shows the earlier picture at once; going forward, what a step changes comes last.
    if (isCut || followed === -1) this.#listener.onmove();
    if (isCut) {
      this.#playback.send({ type: 'PAUSE' });
      return;
    }
    this.#tween = { fromMs, toMs, startedMs: performance.now() };
    this.#listener.ontween(fromMs);
    this.#playback.send({ type: 'STEP' });
  }

  #run(): void {
    cancelAnimationFrame(this.#request);
    this.#lastMs = performance.now();
    this.#stillMs = STILL_STEP_MS;
    this.#request = requestAnimationFrame(this.#tick);
  }

  #tick = (nowMs: number): void => {
    if (this.#isPaused()) return;
    const realMs = Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (this.#tween !== null) this.#followTween(this.#tween, nowMs);
    else if (motionIsReduced()) this.#advanceStill(realMs);
    else this.#advance(realMs);
    if (!this.#isPaused()) this.#request = requestAnimationFrame(this.#tick);
  };

  #followTween({ fromMs, toMs, startedMs }: Tween, nowMs: number): void {
    const sinceMs = nowMs - startedMs;
    if (sinceMs >= STEP_MS) this.endTween();
    else this.#listener.ontween(tweenMs(fromMs, toMs, sinceMs, STEP_MS));
  }

  #advance(realMs: number): void {
    const from = this.#source.cursor;
    const stepMs = virtualStepMs(realMs, from.atMs, this.#pace(), this.#source.beats());
    const toMs = this.#looks.until(from.atMs, stepMs, this.#waypoint?.atMs);
    if (toMs !== null) this.#moveTo(toMs, from);
  }

  /** The reader's pace, unless there is a way to go and the reader chose no speed. */
  #pace(): Pace {
    const { context } = this.#playback.getSnapshot();
    if (this.#waypoint === null || context.speedIsFixed) return context;
    return this.#waypoint.manner === 'slowly'
      ? { ...context, byBeat: false, speed: SLOW_SPEED }
      : { ...context, byBeat: true };
  }

  /** Reduced motion: one event each 700 ms, and nothing in between. */
  #advanceStill(realMs: number): void {
    this.#stillMs += realMs;
    if (this.#stillMs < STILL_STEP_MS) return;
    this.#stillMs = 0;
    const from = this.#source.cursor;
    this.#source.stepEvents(1);
    this.#moveTo(this.#source.cursor.atMs, from);
    this.#looks.catchUp();
  }

  #moveTo(atMs: number, { atMs: fromMs, step: fromStep }: Cursor): void {
    const toMs = Math.min(atMs, this.#waypoint?.atMs ?? Infinity);
    if (toMs !== this.#source.cursor.atMs) {
      walkTowards(this.#source, toMs, this.#looks.budgetMs);
    }
    this.#looks.forgetOwed();
    if (this.#state === 'toBeat') this.#stopAtBeat(fromMs);
    else this.#stopAtBreakpoint(fromMs);
    const isHeld = this.#holdAtGate(fromStep);
    const cameMs = this.#source.cursor.atMs;
    this.#looks.follow(cameMs, isHeld || this.#isPaused() ? cameMs : toMs);
    if (isHeld) {
      this.#playback.send({ type: 'BLOCKED' });
      this.#gate?.onblocked();
    } else this.#arrive();
  }

  /** Time has stopped where it was shown, unless something may not be gone past. */
  #catchUp(): void {
    const shownMs = this.#source.cursor.atMs + this.#looks.owedMs;
    const isFree = !this.#gate && !this.#waypoint && this.#breakpoints.length === 0;
    if (isFree && this.#looks.owedMs > 0) this.#source.seekTime(shownMs);
    this.#looks.catchUp();
  }

  #holdAtGate(fromStep: number): boolean {
    return this.#gate !== null && holdAt(this.#gate, this.#source, fromStep);
  }

  #stopAtBreakpoint(fromMs: number): void {
    if (this.#breakpoints.length === 0) return;
    const isMeant = ({ kind }: Beat): boolean => this.#breakpoints.includes(kind);
    const beats = this.#source.beats();
    const next = beats.slice(firstAfter(fromMs, beats)).find(isMeant);
    if (next === undefined || next.atMs > this.#source.cursor.atMs) return;
    this.#source.seekTime(next.atMs);
    this.#playback.send({ type: 'BLOCKED' });
    this.#listener.onbreak(next);
  }

  #stopAtBeat(fromMs: number): void {
    const beats = this.#source.beats();
    const next = beats[firstAfter(fromMs, beats)];
    if (next === undefined || next.atMs > this.#source.cursor.atMs) return;
    this.#source.seekTime(next.atMs);
    this.#playback.send({ type: 'BEAT_REACHED' });
  }

  /** If the cursor has reached the waypoint, stops there and tells whoever waits. */
  #arrive(): void {
    const waypoint = this.#waypoint;
    if (waypoint === null || this.#source.cursor.atMs < waypoint.atMs) return;
    this.#waypoint = null;
    this.endTween();
    this.#playback.send({ type: 'BLOCKED' });
    waypoint.onarrival();
  }
}
