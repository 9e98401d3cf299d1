import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { latestBeat, neighbourSpeed, speedAt, tweenMs, virtualStepMs } from './playback';
import { playbackMachine, type PlaybackEvent } from './playback.machine';

const beats = [
  { atMs: 1_000, step: 10, kind: 'pfail' },
  { atMs: 5_000, step: 40, kind: 'report' },
  { atMs: 5_000, step: 41, kind: 'fail' },
  { atMs: 5_000, step: 41, kind: 'state' },
] as const;
const free = { speed: 1, speedIsFixed: false, byBeat: false };

describe('speed', () => {
  test.each([
    ['far from a beat', 3_000, free, 1],
    ['400 ms before a beat', 4_600, free, 0.25],
    ['more than 400 ms before', 4_599, free, 1],
    ['at the beat', 5_000, free, 0.25],
    ['more than 400 ms after', 5_401, free, 1],
    ['chosen by the user', 5_000, { ...free, speed: 4, speedIsFixed: true }, 4],
    ['slower than the slow speed already', 5_000, { ...free, speed: 1 / 8 }, 1 / 8],
    ['towards the next beat', 3_000, { ...free, byBeat: true }, 4],
  ])('%s', (_name, atMs, pace, speed) => {
    expect(speedAt(atMs, pace, beats)).toBe(speed);
  });

  test('a hidden page moves no clock', () => {
    expect(virtualStepMs(16, 3_000, free, beats)).toBe(16);
    expect(virtualStepMs(501, 3_000, free, beats)).toBe(0);
  });

  test('neighbours stop at both ends', () => {
    expect(neighbourSpeed(1, 1)).toBe(2);
    expect(neighbourSpeed(1, -1)).toBe(0.5);
    expect(neighbourSpeed(64, 1)).toBe(64);
    expect(neighbourSpeed(1 / 8, -1)).toBe(1 / 8);
  });
});

test.each([
  [9, null],
  [10, 'pfail'],
  [39, 'pfail'],
  [40, 'report'],
  [41, 'fail'],
  [99, 'fail'],
])('latestBeat: after step %i one speaks of %s', (step, kind) => {
  expect(latestBeat(step, beats)?.kind ?? null).toBe(kind);
});

test('a step is shown linearly and ends where it should', () => {
  expect(tweenMs(100, 200, 0, 360)).toBe(100);
  expect(tweenMs(100, 200, 180, 360)).toBe(150);
  expect(tweenMs(100, 200, 999, 360)).toBe(200);
  expect(tweenMs(200, 100, 0, 0)).toBe(100);
});

test.each([
  [['TOGGLE'], 'playing'],
  [['TOGGLE', 'TOGGLE'], 'paused'],
  [['STEP'], 'seeking'],
  [['STEP', 'ARRIVED'], 'paused'],
  [['STEP', 'STEP', 'ARRIVED'], 'paused'],
  [['PLAY', 'STEP', 'ARRIVED'], 'paused'],
  [['SET_BY_BEAT', 'PLAY'], 'toBeat'],
  [['SET_BY_BEAT', 'PLAY', 'BEAT_REACHED'], 'paused'],
  [['PLAY', 'SET_BY_BEAT'], 'toBeat'],
  [['PLAY', 'BLOCKED'], 'paused'],
  [['PLAY', 'RESET'], 'paused'],
] as [PlaybackEvent['type'][], string][])('playback: %j ends %s', (types, state) => {
  const actor = createActor(playbackMachine).start();
  for (const type of types) actor.send({ type } as PlaybackEvent);
  expect(actor.getSnapshot().value).toBe(state);
});

test('playback: choosing a speed fixes it and leaves “to the next beat”', () => {
  const actor = createActor(playbackMachine).start();
  actor.send({ type: 'SET_BY_BEAT' });
  actor.send({ type: 'PLAY' });
  actor.send({ type: 'SET_SPEED', speed: 4 });
  expect(actor.getSnapshot().value).toBe('playing');
  expect(actor.getSnapshot().context).toEqual({ speed: 4, speedIsFixed: true, byBeat: false });
});
