import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lookEveryMs } from './look-every';
import { Looks } from './looks';

test.each([
  [6, 0],
  [16, 0],
  [17, 17],
  [75, 75],
  [300, 150],
])('%d nodes: a look each %d ms', (count, everyMs) => {
  expect(lookEveryMs(count)).toBe(everyMs);
});

describe('with many nodes', () => {
  let nowMs = 0;
  let seen: (number | string)[] = [];
  const looks = () =>
    new Looks({
      lookEveryMs: () => 75,
      onmove: () => seen.push('shown'),
      onbeforemove: () => seen.push('made'),
      ontween: (atMs) => seen.push(atMs),
      onstate: () => undefined,
      onnone: () => undefined,
      onbreak: () => undefined,
    });
  beforeEach(() => {
    [nowMs, seen] = [1_000, []];
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  });
  afterEach(() => vi.restoreAllMocks());

  /** One frame of the page: computes what there is budget for, and follows. */
  function frame(of: Looks, fromMs: number, wouldComputeMs = 0): number {
    const toMs = of.until(fromMs, 2);
    nowMs += 30;
    if (toMs === null) return fromMs;
    const cameMs = Math.max(fromMs, toMs - 2 * Math.max(0, wouldComputeMs - of.budgetMs));
    of.follow(cameMs, toMs);
    return cameMs;
  }

  test('a look is made in one frame and shown in the next, and nothing is computed in both', () => {
    const one = looks();
    let atMs = 0;
    for (let i = 0; i < 6; i++) atMs = frame(one, atMs);
    expect(seen).toEqual(['made', 2, 'shown', 4, 6, 8, 'made', 10, 'shown', 12]);
    expect(atMs).toBe(8);
  });

  test('what was shown ahead is computed in the next frame', () => {
    const one = looks();
    expect(frame(one, frame(one, 0))).toBe(0);
    expect(one.until(0, 2)).toBe(6);
  });

  test('what comes in a burst is computed over several frames, and then takes its time', () => {
    const one = looks();
    frame(one, frame(one, 0));
    expect(one.budgetMs).toBe(8);
    seen = [];
    let atMs = 0;
    for (let i = 0; i < 6; i++) atMs = frame(one, atMs, 9);
    expect(seen.filter((what) => typeof what === 'number')).toEqual([6, 8, 10, 12, 14, 16]);
    expect(atMs).toBeLessThan(16);
    // An engine that cannot keep up is not run away from.
    for (let i = 0; i < 20; i++) atMs = frame(one, atMs, 100);
    expect(atMs + one.owedMs).toBeLessThanOrEqual(16 + 12);
  });

  test('a look waits for a quieter frame, but not for long', () => {
    const one = looks();
    frame(one, frame(one, 0));
    seen = [];
    let atMs = 0;
    for (let i = 0; i < 8; i++) atMs = frame(one, atMs, 100);
    expect(seen.indexOf('made')).toBeGreaterThan(3);
  });

  test('nothing is shown beyond what is waited for', () => {
    const one = looks();
    expect(one.until(0, 2, 1)).toBe(null);
    expect(seen).toEqual(['made', 1]);
  });

  test('when time stops, what was missed is seen', () => {
    const one = looks();
    frame(one, frame(one, frame(one, 0)));
    seen = [];
    one.catchUp();
    one.catchUp();
    expect(seen).toEqual(['shown']);
    expect(one.until(2, 2)).toBe(4);
  });

  test('with few nodes every frame is a look', () => {
    const one = new Looks({
      ...{ onmove: () => seen.push('shown'), ontween: (atMs) => seen.push(atMs) },
      ...{ onstate: () => undefined, onnone: () => undefined, onbreak: () => undefined },
    });
    frame(one, frame(one, 0));
    expect(seen).toEqual(['shown', 'shown']);
  });
});
