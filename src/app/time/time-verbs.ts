/** What keys and buttons ask of time, whether one future is on the stage or two. */
export interface TimeVerbs {
  togglePlay(): void;
  setSpeed(speed: number | 'beat'): void;
  changeSpeed(direction: 1 | -1): void;
  stepEvent(direction: 1 | -1): void;
  stepBeat(direction: 1 | -1): void;
  /** To the next message that is read, or the previous. */
  stepDelivery(direction: 1 | -1): void;
  seekTime(atMs: number): void;
  seekEnd(end: 'first' | 'last'): void;
}
