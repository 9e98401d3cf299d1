import { describe, expect, test } from 'vitest';
import { follow, shareAt, sheetOf, shift, spanMs, withEdge, zoomAbout } from './space-time-window';

const window = { fromMs: 10_000, toMs: 14_000 };

describe('window: following the playhead', () => {
  test('stays still while the playhead is between 8 % and 72 % of the width', () => {
    expect(follow(window, 11_000, 12_800)).toBe(window);
  });

  test('scrolls with the playhead once it reaches 72 %, without a jump', () => {
    const next = follow(window, 12_880, 12_900);
    expect(shareAt(next, 12_900)).toBeCloseTo(0.72);
    expect(next.fromMs - window.fromMs).toBeLessThan(25);
    expect(spanMs(next)).toBe(4_000);
  });

  test('a playhead the reader put at 90 % drifts back slowly as it plays', () => {
    let seen = window;
    let previousShare = 0.9;
    for (let atMs = 13_600; atMs < 15_600; atMs += 16) {
      seen = follow(seen, atMs, atMs + 16);
      const share = shareAt(seen, atMs + 16);
      expect(share).toBeLessThanOrEqual(previousShare + 1e-9);
      expect(previousShare - share).toBeLessThan(0.001);
      previousShare = share;
    }
    expect(previousShare).toBeLessThan(0.83);
  });

  test('going back scrolls only at the left margin', () => {
    expect(follow(window, 13_500, 13_400)).toBe(window);
    const next = follow(window, 10_330, 10_310);
    expect(shareAt(next, 10_310)).toBeCloseTo(0.08);
  });

  test('a jump out of sight puts the playhead at 62 %; one within sight moves nothing', () => {
    expect(shareAt(follow(window, 11_000, 40_000), 40_000)).toBeCloseTo(0.62);
    expect(follow(window, 40_000, 13_600)).toBe(window);
  });

  test('never shows time before 0', () => {
    expect(follow({ fromMs: 100, toMs: 4_100 }, 500, 0).fromMs).toBe(0);
  });
});

test('window: sliding by fractions of a millisecond never changes its length', () => {
  let seen = window;
  for (let atMs = 12_880; atMs < 20_000; atMs += 16.7) {
    seen = follow(seen, atMs, atMs + 16.7);
    expect(spanMs(seen)).toBe(4_000);
  }
});

describe('window: gestures', () => {
  test('zoom keeps the time under the pointer where it is', () => {
    const next = zoomAbout(window, 13_000, 0.5);
    expect(shareAt(next, 13_000)).toBeCloseTo(shareAt(window, 13_000));
    expect(spanMs(next)).toBe(2_000);
  });

  test.each([
    [1e-9, 20],
    [1e9, 120_000],
  ])('zoom by %d stops at a span of %d ms', (factor, span) => {
    expect(spanMs(zoomAbout(window, 12_000, factor))).toBeCloseTo(span);
  });

  test('shift stops at 0 and keeps the span', () => {
    expect(shift(window, -99_000)).toEqual({ fromMs: 0, toMs: 4_000 });
  });

  test('an edge cannot pass the other', () => {
    expect(withEdge(window, 'from', 99_000)).toEqual({ fromMs: 13_980, toMs: 14_000 });
    expect(withEdge(window, 'to', 0)).toEqual({ fromMs: 10_000, toMs: 10_020 });
  });
});

describe('window: sheet', () => {
  test('covers the window with half a span to spare, and stays the same while it scrolls', () => {
    const sheet = sheetOf(window);
    expect(sheet).toEqual({ fromMs: 8_000, toMs: 18_000 });
    expect(sheetOf(shift(window, 1_999))).toEqual(sheet);
    expect(sheetOf(shift(window, 2_000))).not.toEqual(sheet);
  });
});
