/** Which notes tell of what is picked. */
import type { NodeName } from '../../protocol/ids';
import type { RecordedNote } from '../../protocol/notes';
import type { Selection } from '../selection';

/** Whether a note tells of what is picked: of the message, the link, the report or the client. */
export function tellsOf(selected: Selection | null, note: RecordedNote): boolean {
  switch (selected?.type) {
    case 'message':
      return 'message' in note && note.message === selected.message;
    case 'link':
      return isBetween(note, selected.from, selected.to);
    case 'client':
      return 'client' in note && note.client === selected.client;
    case 'report':
      return (
        (note.event === 'report.add' || note.event === 'report.expire') &&
        note.at === selected.at &&
        note.by === selected.by &&
        note.about === selected.about
      );
    case 'node':
      return isOf(note, selected.node);
    default:
      return false;
  }
}

function isBetween(note: RecordedNote, a: NodeName, b: NodeName): boolean {
  if (!('from' in note) || !('to' in note)) return false;
  return (note.from === a && note.to === b) || (note.from === b && note.to === a);
}

/** Whose news it is: a node's own, or what it holds of another. */
function isOf(note: RecordedNote, name: NodeName): boolean {
  if ('node' in note) return note.node === name;
  if ('at' in note) return note.at === name;
  return 'by' in note && note.by === name;
}
