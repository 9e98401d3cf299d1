/**
 * The lines about each single packet, which redis-server writes at loglevel debug only.
 * Source: serverLog, src/server.c; loglevel.
 * Simplified: every other line is kept whatever the loglevel; what is shown is the reader's choice.
 */
import type { Turn } from '../turn';

/** Whether `CONFIG SET loglevel debug` asked for such lines. */
export const traces = ({ state }: Turn): boolean => state.config.logLevel === 'debug';

/** Logs a line at level debug if such lines were asked for. */
export function trace(turn: Turn, text: () => string): void {
  if (traces(turn)) turn.log('debug', text());
}
