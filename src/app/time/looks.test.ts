import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lookEveryMs, Looks } from './looks';

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

  /** One frame of the page: computes for so long, if anything is to be computed, and follows. */
  function frame(of: Looks, fromMs: number, computingMs = 0): number {
    const toMs = of.until(fromMs, 2);
    if (toMs === null) return fromMs;
    nowMs += computingMs;
    of.follow(toMs);
    nowMs += 30 - computingMs;
    return toMs;
  }

  test('a look is made in one frame and shown in the next, which computes nothing', () => {
    const one = looks();
    let atMs = 0;
    for (let i = 0; i < 5; i++) atMs = frame(one, atMs);
    expect(seen).toEqual([2, 'made', 'shown', 4, 6, 8, 10]);
    expect(atMs).toBe(10);
  });

  test('what was shown ahead is computed in the next frame', () => {
    const one = looks();
    expect(frame(one, frame(one, 0))).toBe(2);
    expect(one.until(2, 2)).toBe(6);
  });

  test('after much computing a look waits for a quieter frame, but not for long', () => {
    const one = looks();
    frame(one, frame(one, 0));
    seen = [];
    let atMs = 2;
    for (let i = 0; i < 8; i++) atMs = frame(one, atMs, 12);
    expect(seen).toEqual([6, 8, 10, 12, 14, 16, 'made', 'shown', 18, 20]);
  });

  test('when time stops, what was missed is seen', () => {
    const one = looks();
    frame(one, frame(one, frame(one, 0)));
    seen = [];
    one.catchUp();
    one.catchUp();
    expect(seen).toEqual(['shown']);
    expect(one.until(4, 2)).toBe(6);
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
