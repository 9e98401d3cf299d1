/** How well something is known that happened to real nodes. */
import type { RecordedNote } from '../protocol/notes';

/** It was seen; the node itself wrote it down; our machine beside it concluded it. */
export type Evidence = 'seen' | 'logged' | 'concluded';

/** `confirmed`: the steps whose decisions stand in the log of the node. */
export function evidenceOf(note: RecordedNote, confirmed: ReadonlySet<number>): Evidence {
  switch (note.event) {
    case 'sent':
    case 'received':
    case 'lost':
    case 'log':
    case 'process':
    case 'link':
    case 'command':
    case 'reply':
      return 'seen';
    default:
      return confirmed.has(note.step) ? 'logged' : 'concluded';
  }
}
