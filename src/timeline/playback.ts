/** How far the clock moves: real milliseconds in, virtual milliseconds out. Pure. */
import type { Beat, BeatKind } from './cluster-source';

export const SPEEDS: readonly number[] = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64];

/** A longer silence of the page (a hidden tab, a sleeping laptop) moves no clock. */
export const LONGEST_GAP_MS = 500;
/** Near a beat, play slows down to this speed. */
export const SLOW_SPEED = 1 / 4;
export const NEAR_BEAT_MS = 400;
/** A step is shown within this time. */
export const STEP_MS = 360;
/** Under reduced motion, play is one event each so many real milliseconds. */
export const STILL_STEP_MS = 700;
/** “To the next beat” crosses the quiet at this speed. */
export const TO_BEAT_SPEED = 4;

export interface Pace {
  readonly speed: number;
  readonly speedIsFixed: boolean;
  readonly byBeat: boolean;
}

/**
 * Virtual milliseconds to move after `realMs` real ones at `atMs`, given the beats known so far.
 */
export function virtualStepMs(
  realMs: number,
  atMs: number,
  pace: Pace,
  beats: readonly Pick<Beat, 'atMs'>[],
): number {
  if (realMs > LONGEST_GAP_MS) return 0;
  return realMs * speedAt(atMs, pace, beats);
}

/** The speed in force at `atMs`. */
export function speedAt(atMs: number, pace: Pace, beats: readonly Pick<Beat, 'atMs'>[]): number {
  const speed = pace.byBeat ? TO_BEAT_SPEED : pace.speed;
  if (pace.speedIsFixed || !isNearBeat(atMs, beats)) return speed;
  return Math.min(speed, SLOW_SPEED);
}

function isNearBeat(atMs: number, beats: readonly Pick<Beat, 'atMs'>[]): boolean {
  const i = firstAfter(atMs - NEAR_BEAT_MS, beats);
  const beat = beats[i];
  return beat !== undefined && beat.atMs <= atMs + NEAR_BEAT_MS;
}

/** Index of the first beat later than `atMs`; beats are in order of time. */
export function firstAfter(atMs: number, beats: readonly Pick<Beat, 'atMs'>[]): number {
  let low = 0;
  let high = beats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beats[middle]!.atMs > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What a step is remembered for when it made several beats: the later kind in this list wins. */
const WEIGHT: readonly BeatKind[] = [
  'state',
  'clear',
  'report',
  'vote',
  'denial',
  'pause',
  'demotion',
];

/** The beat to speak of once kernel step `step` is done: the weightiest of the latest; or null. */
export function latestBeat<B extends Pick<Beat, 'step' | 'kind'>>(
  step: number,
  beats: readonly B[],
): B | null {
  let low = 0;
  let high = beats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beats[middle]!.step > step) high = middle;
    else low = middle + 1;
  }
  let latest = beats[low - 1] ?? null;
  for (let i = low - 2; i >= 0 && beats[i]!.step === latest?.step; i -= 1) {
    if (weight(beats[i]!) > weight(latest)) latest = beats[i]!;
  }
  return latest;
}

function weight({ kind }: Pick<Beat, 'kind'>): number {
  const i = WEIGHT.indexOf(kind);
  return i === -1 ? WEIGHT.length : i;
}

/** Where the eye is during a step shown from `fromMs` to `toMs`; linear, as virtual time is. */
export function tweenMs(fromMs: number, toMs: number, sinceMs: number, durationMs: number): number {
  const share = durationMs <= 0 ? 1 : Math.min(1, Math.max(0, sinceMs / durationMs));
  return fromMs + (toMs - fromMs) * share;
}

/** The next slower (-1) or faster (1) speed. */
export function neighbourSpeed(speed: number, direction: 1 | -1): number {
  const i = SPEEDS.findIndex((s) => s >= speed);
  const next = (i === -1 ? SPEEDS.length - 1 : i) + direction;
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, next))]!;
}
