import type { RecordedNote } from '../../protocol/notes';

/** The notes of one step; of a long run only those are looked at. */
export function ofStep(notes: readonly RecordedNote[], step: number): readonly RecordedNote[] {
  let [first, end] = [0, notes.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (notes[middle]!.step < step) first = middle + 1;
    else end = middle;
  }
  while (notes[end]?.step === step) end += 1;
  return notes.slice(first, end);
}
