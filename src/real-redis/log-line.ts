/** Lines of redis-server's own log file. Source: serverLogRaw, src/server.c. */
import { LEVEL_OF_SIGN, type LogLevel } from '../protocol/notes';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LINE =
  /^(\d+):([XCSM]) (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2})\.(\d{3}) ([-.*#]) ?(.*)$/;

export interface LogFileLine {
  /** Unix time in milliseconds. */
  readonly atMs: number;
  readonly pid: number;
  /** C child, S replica, M master, X sentinel. */
  readonly role: string;
  readonly level: LogLevel;
  readonly text: string;
}

/**
 * A line of redis-server's log, as a server with TZ=UTC writes it: `PID:ROLE date time level text`.
 * Null for anything else: the logo, or a line still being written.
 */
export function parseLogLine(line: string): LogFileLine | null {
  const match = LINE.exec(line);
  if (!match) return null;
  const [, pid, role, day, month, year, hour, minute, second, ms, level, text] = match;
  const atMs = Date.UTC(
    Number(year),
    MONTHS.indexOf(month!),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
  return { atMs, pid: Number(pid), role: role!, level: LEVEL_OF_SIGN[level!]!, text: text! };
}
