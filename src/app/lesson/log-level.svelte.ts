/** The level a link asks the log to be shown from; the log takes it, and forgets it. */
import type { LogLevel } from '../../protocol/notes';

export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'verbose', 'notice', 'warning'];

class AskedLevel {
  from = $state<LogLevel | null>(null);
}

export const askedLevel = new AskedLevel();
