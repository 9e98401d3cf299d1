/**
 * Which stretch of virtual time the lanes show, and how it moves. Pure: the gestures live in the
 * view.
 */

export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

export const FIRST_WINDOW: TimeWindow = { fromMs: 0, toMs: 4_000 };
export const SHORTEST_SPAN_MS = 20;
export const LONGEST_SPAN_MS = 120_000;

/** The playhead rests between these shares of the width, so that past and future both have room. */
const RESTING = { leftmost: 0.08, rightmost: 0.72 } as const;
/** Where the playhead is put after a jump to a time that was out of sight. */
const AFTER_JUMP = 0.62;
/** Share of each advance by which a playhead too far right drifts back to its resting place. */
const DRIFT = 0.15;

/** The length of the window in milliseconds, free of the dust that sliding leaves on its edges. */
export function spanMs(window: TimeWindow): number {
  return Math.round((window.toMs - window.fromMs) * 1e4) / 1e4;
}

/** Where `atMs` lies in the window: 0 at its left edge, 1 at its right. */
export function shareAt(window: TimeWindow, atMs: number): number {
  return (atMs - window.fromMs) / spanMs(window);
}

/**
 * The window after the playhead moved from `previousMs` to `atMs`: it scrolls no more than it must.
 */
export function follow(window: TimeWindow, previousMs: number, atMs: number): TimeWindow {
  const share = shareAt(window, atMs);
  if (share >= RESTING.leftmost && share <= RESTING.rightmost) return window;
  const before = shareAt(window, previousMs);
  const advance = share - before;
  const jumped = before < 0 || before > 1 || Math.abs(advance) > 1;
  if (jumped) return inView(share) ? window : placed(window, atMs, AFTER_JUMP);
  if (share > RESTING.rightmost) {
    return advance > 0 ? placed(window, atMs, driftedRight(before, advance)) : window;
  }
  return advance < 0 ? placed(window, atMs, Math.min(RESTING.leftmost, before)) : window;
}

/** A window that has both moments in sight, with some room on either side. */
export function around(fromMs: number, toMs: number): TimeWindow {
  const shown = clamp(
    (toMs - fromMs) / (RESTING.rightmost - RESTING.leftmost),
    2_000,
    LONGEST_SPAN_MS,
  );
  const startMs = Math.max(0, fromMs - RESTING.leftmost * shown);
  return { fromMs: startMs, toMs: startMs + shown };
}

/**
 * The window scaled by `factor` so that `aboutMs` stays where it is; the span stays within its
 * limits.
 */
export function zoomAbout(window: TimeWindow, aboutMs: number, factor: number): TimeWindow {
  const span = clamp(spanMs(window) * factor, SHORTEST_SPAN_MS, LONGEST_SPAN_MS);
  const fromMs = Math.max(0, aboutMs - shareAt(window, aboutMs) * span);
  return { fromMs, toMs: fromMs + span };
}

/** The window moved by `byMs`, never before the beginning of time. */
export function shift(window: TimeWindow, byMs: number): TimeWindow {
  const fromMs = Math.max(0, window.fromMs + byMs);
  return { fromMs, toMs: fromMs + spanMs(window) };
}

/** The window with one edge moved to `atMs`; the span stays within its limits. */
export function withEdge(window: TimeWindow, edge: 'from' | 'to', atMs: number): TimeWindow {
  if (edge === 'from') {
    const { toMs } = window;
    const fromMs = clamp(atMs, Math.max(0, toMs - LONGEST_SPAN_MS), toMs - SHORTEST_SPAN_MS);
    return { fromMs, toMs };
  }
  const { fromMs } = window;
  return { fromMs, toMs: clamp(atMs, fromMs + SHORTEST_SPAN_MS, fromMs + LONGEST_SPAN_MS) };
}

/**
 * The stretch to lay out for a window: wider, and snapped to a grid, so that a scrolling window
 * keeps the same
 * drawing and only slides it.
 */
export function sheetOf(window: TimeWindow): TimeWindow {
  const quantumMs = spanMs(window) / 2;
  const startMs = Math.floor(window.fromMs / quantumMs) * quantumMs;
  return { fromMs: startMs - quantumMs, toMs: startMs + 4 * quantumMs };
}

function placed(window: TimeWindow, atMs: number, share: number): TimeWindow {
  const fromMs = Math.max(0, atMs - share * spanMs(window));
  return { fromMs, toMs: fromMs + spanMs(window) };
}

function driftedRight(before: number, advance: number): number {
  return Math.max(RESTING.rightmost, before - DRIFT * advance);
}

function inView(share: number): boolean {
  return share >= 0 && share <= 0.96;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
