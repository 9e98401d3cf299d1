/** What a real run shows of an episode, in the form in which simulated runs are told. */
import type { RecordedNote } from '../protocol/notes';
import { struckIn, type Episode } from './deeds-of-notes';
import { eventsOfRun, type EventName, type KeyEvent, type LoggedLine } from './key-events';

/** A log is stamped when the line is written, a command when it is answered. */
const STAMPS_DIFFER_MS = 20;

/** The key events of an episode, from its first deed on. */
export function realEvents(notes: readonly RecordedNote[], episode: Episode): KeyEvent[] {
  const lines: LoggedLine[] = [];
  for (const note of notes) {
    if (note.event !== 'log' || note.atMs >= episode.untilMs) continue;
    if (note.atMs < episode.fromMs - STAMPS_DIFFER_MS) continue;
    const { node, level, text, atMs } = note;
    lines.push({ node, level, text, atMs: Math.max(0, atMs - episode.fromMs) });
  }
  return eventsOfRun(lines, struckIn(episode));
}

const DEBUG_ONLY: ReadonlySet<EventName> = new Set(['first PFAIL', 'first report']);

/** A log without debug lines tells of no suspicion: then none is asked of the model either. */
export function comparable(events: readonly KeyEvent[], hasDebugLines: boolean): KeyEvent[] {
  return hasDebugLines ? [...events] : events.filter(({ event }) => !DEBUG_ONLY.has(event));
}

/** Whether a log says more than notices. */
export const hasDebugLines = (notes: readonly RecordedNote[]): boolean =>
  notes.some((note) => note.event === 'log' && note.level === 'debug');

/** Episodes of one kind: the same deeds, in the same order, to nodes in the same part. */
export function kindOf({ deeds }: Episode, masters: ReadonlySet<string>): string {
  return deeds
    .map(({ input }) => {
      if (!('node' in input) || input.node === null) return input.type;
      return `${input.type} ${masters.has(input.node) ? 'master' : 'replica'}`;
    })
    .join(', ');
}
