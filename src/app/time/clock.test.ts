/** The clock on a page whose frames and seconds the test deals out. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { Clock } from './clock';

let nowMs = 0;
let frames: ((ms: number) => void)[] = [];
let isStill = false;
const state = { value: 'paused', atMs: 0 };
let told: string[] = [];

/** Lets the page draw frames, 16 ms apart, for so many milliseconds. */
function wait(ms: number, everyMs = 16): void {
  for (let gone = 0; gone < ms; gone += everyMs) {
    nowMs += everyMs;
    const due = frames;
    frames = [];
    for (const frame of due) frame(nowMs);
  }
}

function clockOn(source: SimulatedSource): Clock {
  return new Clock(source, {
    onmove: () => (state.atMs = source.cursor.atMs),
    ontween: (at) => (state.atMs = at),
    onstate: (value) => (state.value = value),
    onnone: (what) => told.push(`no ${what}`),
    onbreak: ({ kind }) => told.push(kind),
  });
}

function clockAt(atMs: number): { clock: Clock; source: SimulatedSource } {
  const inputs = [{ atMs: 10_000, input: { type: 'freeze', node: '8901' } as const }];
  const source = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs });
  source.seekTime(atMs);
  return { clock: clockOn(source), source };
}

beforeEach(() => {
  [nowMs, frames, isStill, told] = [0, [], false, []];
  Object.assign(state, { value: 'paused', atMs: 0 });
  vi.stubGlobal('requestAnimationFrame', (frame: (ms: number) => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  vi.stubGlobal('matchMedia', () => ({ matches: isStill }));
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('playing', () => {
  test('a second of the page is a second of the cluster, far from beats', () => {
    const { clock, source } = clockAt(12_000);
    clock.toggle();
    wait(960);
    expect(source.cursor.atMs).toBeCloseTo(12_960, -1);
    clock.toggle();
    wait(200);
    expect(state.value).toBe('paused');
    expect(source.cursor.atMs).toBeCloseTo(12_960, -1);
  });

  test('a hidden page stands still', () => {
    const { clock, source } = clockAt(12_000);
    clock.toggle();
    wait(3_000, 1_000);
    expect(source.cursor.atMs).toBe(12_000);
  });

  test('a chosen speed holds; “beat” stops exactly at the next one', () => {
    const { clock, source } = clockAt(12_000);
    clock.setSpeed(8);
    clock.toggle();
    wait(160);
    expect(source.cursor.atMs).toBeCloseTo(13_280, -1);
    clock.pause();
    clock.setByBeat();
    clock.toggle();
    wait(4_000);
    expect(state.value).toBe('paused');
    expect(source.beats().map(({ atMs }) => atMs)).toContain(source.cursor.atMs);
  });
});

describe('stepping', () => {
  test('one event is shown in at most 360 ms, and the eye moves evenly', () => {
    const { clock, source } = clockAt(12_000);
    clock.stepEvent(1);
    expect(state).toEqual({ value: 'seeking', atMs: 12_000 });
    const toMs = source.cursor.atMs;
    wait(176);
    expect(state.atMs).toBeGreaterThan(12_000);
    expect(state.atMs).toBeLessThan(toMs);
    wait(200);
    expect(state).toEqual({ value: 'paused', atMs: toMs });
  });

  test('a second press completes the first at once', () => {
    const { clock, source } = clockAt(12_000);
    clock.stepEvent(1);
    const first = source.cursor.atMs;
    clock.stepEvent(1);
    expect(state.atMs).toBe(first);
    wait(400);
    expect(state).toEqual({ value: 'paused', atMs: source.cursor.atMs });
  });

  test('50 on and 50 back is the same world', () => {
    const { clock, source } = clockAt(12_000);
    clock.stepEvent(1);
    const hash = source.hash();
    for (let i = 0; i < 50; i += 1) clock.stepEvent(1);
    for (let i = 0; i < 50; i += 1) clock.stepEvent(-1);
    expect(source.hash()).toBe(hash);
  });

  test('under reduced motion nothing flies, and play is one event each 700 ms', () => {
    isStill = true;
    const { clock, source } = clockAt(12_000);
    clock.stepEvent(1);
    expect(state).toEqual({ value: 'paused', atMs: source.cursor.atMs });
    const { step } = source.cursor;
    clock.toggle();
    wait(1_500);
    expect(source.cursor.step).toBeGreaterThan(step);
    expect(source.beats().length).toBeLessThan(40);
  });
});

describe('gates and waypoints', () => {
  const isSuspected = (source: SimulatedSource) => () =>
    source.beats().some(({ kind, step }) => kind === 'pfail' && step <= source.cursor.step);

  test.each(['play', 'seek', 'beat'] as const)('%s does not pass a gate', (how) => {
    const { clock, source } = clockAt(12_000);
    const onblocked = vi.fn();
    clock.setGate({ isPast: isSuspected(source), onblocked });
    clock.setSpeed(64);
    if (how === 'play') clock.toggle();
    if (how === 'seek') clock.seekTime(30_000);
    if (how === 'beat') for (let i = 0; i < 5; i += 1) clock.stepBeat(1);
    wait(1_000);
    expect(onblocked).toHaveBeenCalled();
    expect(isSuspected(source)()).toBe(false);
    source.stepEvents(1);
    expect(isSuspected(source)()).toBe(true);
  });

  test('whoever waits at a waypoint is called once, also after a pause on the way', () => {
    const { clock, source } = clockAt(12_000);
    const onarrival = vi.fn();
    clock.playTo({ atMs: 13_000, manner: 'slowly', onarrival });
    wait(320);
    clock.pause();
    wait(500);
    expect(onarrival).not.toHaveBeenCalled();
    clock.toggle();
    wait(6_000);
    expect(onarrival).toHaveBeenCalledOnce();
    expect(source.cursor.atMs).toBe(13_000);
    expect(state.value).toBe('paused');
  });

  test('seeking beyond a waypoint arrives too', () => {
    const { clock } = clockAt(12_000);
    const onarrival = vi.fn();
    clock.playTo({ atMs: 13_000, manner: 'hurrying', onarrival });
    clock.seekTime(14_000);
    expect(onarrival).toHaveBeenCalledOnce();
  });
});

describe('breakpoints', () => {
  test('playing stops exactly at a beat of a kind that was asked for, and goes on from there', () => {
    const { clock, source } = clockAt(12_000);
    clock.setBreakpoints(['fail']);
    clock.setSpeed(32);
    clock.toggle();
    wait(4_000);
    const fail = source.beats().find(({ kind }) => kind === 'fail')!;
    expect(source.cursor.atMs).toBe(fail.atMs);
    expect(state.value).toBe('paused');
    expect(told).toEqual(['fail']);
    clock.toggle();
    wait(64);
    expect(source.cursor.atMs).toBeGreaterThan(fail.atMs);
  });

  test('without any, playing goes on', () => {
    const { clock, source } = clockAt(12_000);
    clock.setSpeed(32);
    clock.toggle();
    wait(800);
    expect(state.value).toBe('playing');
    expect(source.cursor.atMs).toBeGreaterThan(30_000);
  });
});

describe('steps that find nothing', () => {
  test('no beat ahead: the clock stays and says so; back always goes somewhere', () => {
    const source = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42 });
    source.seekTime(15_000);
    const clock = clockOn(source);
    clock.stepBeat(1);
    expect(source.cursor.atMs).toBe(15_000);
    expect(told).toEqual(['no beat']);
    clock.stepDelivery(1);
    expect(source.cursor.atMs).toBeGreaterThan(15_000);
    clock.seekTime(0);
    clock.stepBeat(-1);
    expect(told).toEqual(['no beat']);
  });
});
