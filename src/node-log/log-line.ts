/** One line of a log of redis-server, taken apart. Source: serverLogRaw, src/server.c. */
import { LEVEL_OF_SIGN, type LogLevel } from '../protocol/notes';

export interface LogLine {
  readonly pid: number;
  /** `X` Sentinel, `C` a child or a process that is starting, `S` replica, `M` master. */
  readonly role: 'X' | 'C' | 'S' | 'M';
  /** The time on the line, read as UTC. */
  readonly atUnixMs: number;
  readonly level: LogLevel;
  readonly text: string;
}

const LINE = /^(\d+):([XCSM]) (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d)\.(\d{3}) ([.\-*#]) (.*)$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Null for what is no such line, as the banner at the start. */
export function readLogLine(line: string): LogLine | null {
  const found = LINE.exec(line.trimEnd());
  if (!found) return null;
  const [, pid, role, day, month, year, hours, minutes, seconds, ms, sign, text] = found;
  const monthIndex = MONTHS.indexOf(month!) / 3;
  if (!Number.isInteger(monthIndex) || monthIndex < 0) return null;
  return {
    pid: Number(pid),
    role: role as LogLine['role'],
    atUnixMs: Date.UTC(
      Number(year),
      monthIndex,
      ...([day, hours, minutes, seconds, ms].map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ]),
    ),
    level: LEVEL_OF_SIGN[sign!]!,
    text: text!,
  };
}
