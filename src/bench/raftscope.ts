/**
 * RaftScope (github.com/ongardie/raftscope, 2015), from its published source, measured by us on
 * two processors: its own model of five and fifty servers, stepped without drawing. Another
 * protocol and other rates: for orders of magnitude only.
 */
export const RAFTSCOPE = {
  /** Simulated seconds in one second with its history, at its steps for 1/10 and full speed. */
  speedFine: '24–30',
  speedCoarse: '209–258',
  speedFifty: '0.4',
  historyPerSimulatedSecond: '1.05–1.5 MB',
  /** The same for ten minutes, extrapolated. */
  historyTenMinutes: '630–880 MB',
  /** A copy of five servers; with its drawing, as one drags the slider. */
  seek: '0.04 / 0.2 ms',
  seekDrawn: '3.9 / 17.7 ms (95 %)',
  scriptPerFrame: '3.2 ms',
  mainThreadPerFrame: '6.1 ms',
} as const;
