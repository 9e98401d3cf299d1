/**
 * When the ticks of a process come.
 * Source: serverCron, src/server.c; processTimeEvents, src/ae.c.
 */
import { CRON_PERIOD_MS } from '../config';
import { PURPOSE, drawInt } from '../draw';

/** When the first tick of this process comes, 1 to 100 ms after its start. */
export function cronPhaseMs(seed: number, port: number): number {
  return 1 + drawInt(CRON_PERIOD_MS, seed, PURPOSE.cronPhase, port);
}

/**
 * How many ticks a process has behind it when a scene begins, 0 to 99: people start processes one
 * after the other, so what happens every tenth or hundredth tick happens at different times.
 */
export function ticksBefore(seed: number, port: number): number {
  return drawInt(100, seed, PURPOSE.ticksBefore, port);
}

/**
 * From this tick to the next: 100 or 101 ms. The event loop counts 100 ms from the end of a tick
 * and rounds its sleep up, so ticks drift (measured: 100 and 101 ms, equally often). It matters:
 * with no drift, nothing that waits for "more than 2000 ms" would ever happen on the twentieth
 * tick.
 */
export function cronGapMs(seed: number, port: number, nowMs: number): number {
  return CRON_PERIOD_MS + drawInt(2, seed, PURPOSE.cronGap, port, nowMs);
}
