/** The stretch of time that lanes show; two sheets with the same axis move together. */
import { FIRST_WINDOW, type TimeWindow } from '../layout/space-time-window';

export class TimeAxis {
  window = $state.raw<TimeWindow>(FIRST_WINDOW);

  constructor(window: TimeWindow = FIRST_WINDOW) {
    this.window = window;
  }
}
