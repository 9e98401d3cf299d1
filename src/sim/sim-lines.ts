/**
 * A run as lines of JSON: one object for each event, the last being `end`.
 */
import type { LogLevel, Note } from '../protocol/notes';
import { SimulatedSource } from '../timeline/simulated-source';
import { LOG_LEVELS, SIM_EVENTS, type SimOptions } from './sim-options';

/** Runs the scene and hands out each line, without its line end. */
export function* simLines({ scene, untilMs, quiet, logLevel }: SimOptions): Generator<string> {
  const source = new SimulatedSource(scene);
  source.seekTime(untilMs);
  if (quiet !== 'all') {
    for (const note of source.notes()) {
      if (quiet.has(note.event) || isQuietLog(note, logLevel) || !isPrinted(note)) continue;
      yield JSON.stringify(printed(note));
    }
  }
  yield JSON.stringify({ event: 'end', atMs: untilMs, hash: source.hash() });
}

const isPrinted = (note: Note): boolean => SIM_EVENTS.some((event) => event === note.event);

function isQuietLog(note: Note, least: LogLevel): boolean {
  return note.event === 'log' && LOG_LEVELS.indexOf(note.level) < LOG_LEVELS.indexOf(least);
}

/** The event and its time first; what only the page needs is left out. */
function printed(note: Note & { readonly atMs: number }): Record<string, unknown> {
  const { event, atMs, ...rest } = note;
  const inner = new Set(['step', ...(event === 'reply' ? ['command'] : [])]);
  const fields = Object.entries(rest).filter(([name]) => !inner.has(name));
  return { event, atMs, ...Object.fromEntries(fields) };
}
