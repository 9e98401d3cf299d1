/** How many messages are on their way at once while a step plays: of too many nobody sees one. */
import type { RecordedNote } from '../protocol/notes';

/** What is shown, from one event of the run to another. */
export interface Shown {
  readonly fromStep: number;
  readonly toStep: number;
}

export interface BusiestMoment {
  readonly messages: number;
  readonly atMs: number;
}

/** The moment of `shown` with most messages on their way; null where none is. */
export function busiestMoment(
  notes: readonly RecordedNote[],
  shown: readonly Shown[],
): BusiestMoment | null {
  const isShown = (step: number): boolean =>
    shown.some(({ fromStep, toStep }) => step > fromStep && step <= toStep);
  const flying = new Set<number>();
  let busiest: BusiestMoment | null = null;
  for (const note of notes) {
    if (note.event === 'received' || note.event === 'lost') flying.delete(note.message);
    if (note.event !== 'sent') continue;
    flying.add(note.message);
    if (flying.size <= (busiest?.messages ?? 0) || !isShown(note.step)) continue;
    busiest = { messages: flying.size, atMs: note.atMs };
  }
  return busiest;
}
