/** Lines of a log: of redis-server's own file, or of a simulated node. */
import type { NodeName } from './cluster';
import { LEVEL_OF_SIGN, type LogLevel } from '../protocol/notes';

export interface LogLine {
  /** Milliseconds: Unix time of a real process, virtual time of a simulated one. */
  readonly atMs: number;
  readonly node: NodeName;
  readonly level: LogLevel;
  readonly text: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LINE = /^\d+:[XCSM] (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2})\.(\d{3}) ([-.*#]) ?(.*)$/;

/**
 * A line of redis-server's log, as a server with TZ=UTC writes it: `PID:ROLE date time level text`.
 * Null for anything else: the logo, or a line still being written.
 */
export function parseLogLine(line: string): Omit<LogLine, 'node'> | null {
  const match = LINE.exec(line);
  if (!match) return null;
  const [, day, month, year, hour, minute, second, ms, level, text] = match;
  const atMs = Date.UTC(
    Number(year),
    MONTHS.indexOf(month!),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
  return { atMs, level: LEVEL_OF_SIGN[level!]!, text: text! };
}

/** Notice and warning: what an administrator reads. */
export const isSaidAloud = ({ level }: Pick<LogLine, 'level'>): boolean =>
  level === 'notice' || level === 'warning';
