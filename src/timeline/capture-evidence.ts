/** How well something is known that happened to real nodes. */
import type { RecordedNote } from '../protocol/notes';
import { SAME_LINE_MS } from '../shadow/live-lines';
import type { CaptureHistory } from './capture-history';

/** It was seen; the node itself wrote it down; our machine beside it concluded it. */
export type Evidence = 'seen' | 'logged' | 'concluded';

export function evidenceOf(note: RecordedNote, history: CaptureHistory): Evidence {
  const { run, confirmed } = history;
  const cause = history.stepAt(note.step)?.cause;
  if (cause?.type === 'command') return cause.inferredFrom === null ? 'seen' : 'concluded';
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
    default: {
      // The log may still say what happened a moment ago.
      const isOpen = !run.isFinished && run.livedUntilMs - note.atMs <= SAME_LINE_MS;
      return confirmed.has(note.step) || isOpen ? 'logged' : 'concluded';
    }
  }
}
