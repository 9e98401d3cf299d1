/**
 * The lines about each single packet, which redis-server writes at loglevel debug only.
 * Source: serverLog, src/server.c; loglevel.
 * Simplified: every other line is kept whatever the loglevel; what is shown is the reader's choice.
 */
import type { Turn } from './turn';

/** Logs a line at level debug if `CONFIG SET loglevel debug` asked for such lines. */
export function trace(turn: Turn, text: () => string): void {
  if (turn.state.config.logLevel === 'debug') turn.log('debug', text());
}
