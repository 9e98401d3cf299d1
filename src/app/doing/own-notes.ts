/** What stands on one's own screen: not what others typed elsewhere. */
import type { RecordedNote } from '../../protocol/notes';

const FIRST_CLIENT = 'c1';

export function ownNotes(notes: readonly RecordedNote[]): readonly RecordedNote[] {
  return notes.filter((note) => !('client' in note) || note.client === FIRST_CLIENT);
}
