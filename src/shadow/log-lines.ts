/**
 * Reading redis-server's log, as the recorder merges it: `n3 20012:M 22 Nov 2026 04:28:54.245 # …`.
 * Source: serverLogRaw, src/server.c.
 */
import { LEVEL_OF_SIGN, type LogLevel } from '../protocol/notes';

/** One line of a real log. */
export interface LogLine {
  /** The recorder's number of the node. */
  readonly node: number;
  /** Of the capture, milliseconds, as frames have. */
  readonly atMs: number;
  readonly level: LogLevel;
  readonly text: string;
}

const LINE = /^n(\d+) \d+:[A-Z] \d+ [A-Z][a-z]{2} \d{4} (\d+):(\d+):(\d+)\.(\d{3}) (.) (.*)$/;
const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;
/** A log that has no line of a known shape so far has none. */
const MOST_STRANGE_LINES = 10_000;

/** Where the times of a log lie. */
export interface LogTimes {
  /** Time 0 of the capture, in Unix milliseconds. */
  readonly epochMs: number;
  /** When the first lines were written; default at 0. */
  readonly knownFromMs?: number | undefined;
  /** What the log shows more than UTC; left out: what its first line proves. */
  readonly zoneMs?: number | undefined;
}

/**
 * The lines of a merged log, with the times of the capture. Lines of another shape (a banner, a
 * crash report) are left out.
 */
export function parseLog(text: string, times: LogTimes): LogLine[] {
  const { epochMs, knownFromMs = 0 } = times;
  const zoneMs = zoneOfLog(text, times);
  const sinceEpochMs = (match: RegExpExecArray): number => timeOfDayMs(match) - (epochMs % DAY_MS);
  const matches = text.split('\n').flatMap((line) => {
    const match = LINE.exec(line);
    return match ? [match] : [];
  });
  return matches.map((match) => ({
    node: Number(match[1]),
    atMs: knownFromMs + withinHalfADay(sinceEpochMs(match) - zoneMs - knownFromMs),
    level: LEVEL_OF_SIGN[match[6]!] ?? 'notice',
    text: match[7]!,
  }));
}

/**
 * What a log shows more than UTC. It has local time without a zone: unless it was noted, the zone
 * is taken to be the one that puts its first line nearest the time since when everything is told.
 */
export function zoneOfLog(text: string, { epochMs, knownFromMs = 0, zoneMs }: LogTimes): number {
  if (zoneMs !== undefined) return zoneMs;
  for (const line of text.split('\n', MOST_STRANGE_LINES)) {
    const match = LINE.exec(line);
    if (!match) continue;
    const aheadMs = withinHalfADay(timeOfDayMs(match) - ((epochMs + knownFromMs) % DAY_MS));
    return Math.round(aheadMs / HALF_HOUR_MS) * HALF_HOUR_MS;
  }
  return 0;
}

function timeOfDayMs(match: RegExpExecArray): number {
  const [hour, minute, second, ms] = match.slice(2, 6).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
}

/** A capture may run over midnight. */
const withinHalfADay = (ms: number): number => ms - Math.round(ms / DAY_MS) * DAY_MS;
