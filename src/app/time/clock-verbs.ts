/** What a clock is asked, what it tells, and what it moves. */
import type { Beat, Sight } from '../../timeline/cluster-source';
import type { PlaybackContext } from '../../timeline/playback.machine';
import type { Clock } from './clock';

/** What may not happen yet, and what to do when the clock runs into it. */
export interface Gate {
  /** Whether the moment at the source's cursor lies beyond; once true, it stays so. */
  readonly isPast: () => boolean;
  readonly onblocked: () => void;
}

/** A time to stop at, and what waits there. It stays until the cursor has come by. */
export interface Waypoint {
  readonly atMs: number;
  /** Hurrying crosses the quiet fast; slowly lets a reader follow one command and its reply. */
  readonly manner: 'hurrying' | 'slowly';
  readonly onarrival: () => void;
}

export interface ClockListener {
  /** The cursor moved, or something was recorded. */
  onmove: () => void;
  /** `onmove` comes in the next frame, and the cursor stays until then: time to make ready. */
  readonly onbeforemove?: () => void;
  /**
   * While time runs, `onmove` comes no more often than this, and `ontween` in every frame between:
   * what flies follows time, the tables of many nodes a little later. Default 0.
   */
  readonly lookEveryMs?: () => number;
  /** A step is on its way: the eye is at `atMs`, the past is still on screen. */
  ontween: (atMs: number) => void;
  onstate: (state: ClockState, pace: PlaybackContext) => void;
  /** There is no next beat, or delivery, as far as one looks ahead. */
  onnone: (what: 'beat' | 'delivery') => void;
  /** A beat of a kind that was asked for stopped the clock. */
  onbreak: (beat: Beat) => void;
}

export type ClockState = 'paused' | 'playing' | 'toBeat' | 'seeking';

/** What a clock moves: a run, or two futures at once. */
export type Moved = Pick<
  Sight,
  | 'cursor'
  | 'computedUntilMs'
  | 'seekTime'
  | 'seekStep'
  | 'stepEvents'
  | 'stepBeat'
  | 'stepDelivery'
  | 'beats'
>;

/** What one can ask of a clock. */
export type ClockVerbs = Pick<Clock, keyof Clock>;
export type NewClock = (source: Moved, listener: ClockListener) => ClockVerbs;
