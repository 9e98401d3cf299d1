import type { RecordedNote } from '../../protocol/notes';

/** Whether redis-cli --cluster waits for a person: its last line is a question. */
export function isAsking(notes: readonly RecordedNote[], untilStep: number): boolean {
  const last = notes.findLast(
    ({ event, step }) => step <= untilStep && (event === 'cli' || event === 'cli.exit'),
  );
  return last?.event === 'cli' && !last.ends && last.text.endsWith(' ');
}
