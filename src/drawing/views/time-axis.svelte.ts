/** The stretch of time that lanes show; two sheets with the same axis move together. */
import { FIRST_WINDOW, type TimeWindow } from '../layout/space-time-window';

export class TimeAxis {
  window = $state.raw<TimeWindow>(FIRST_WINDOW);

  /** Where two futures part, in virtual milliseconds; null without such a moment. */
  readonly forkMs: number | null;

  constructor(window: TimeWindow = FIRST_WINDOW, forkMs: number | null = null) {
    this.window = window;
    this.forkMs = forkMs;
  }
}
