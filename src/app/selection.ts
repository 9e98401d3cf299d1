/** What the reader has picked, wherever it was: every view marks the same thing. */
import type { FrameMessage } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import type { MessageTrace } from '../timeline/cluster-source';

export type Selection =
  | { readonly type: 'node'; readonly node: NodeName }
  | { readonly type: 'message'; readonly message: number }
  /** Both directions of a link; what `from` holds of `to`, in the matrix. */
  | { readonly type: 'link'; readonly from: NodeName; readonly to: NodeName }
  | { readonly type: 'client'; readonly client: string }
  /** The report of `by` on `about`, as `at` keeps it; `message` carried it, if that is known. */
  | {
      readonly type: 'report';
      readonly at: NodeName;
      readonly by: NodeName;
      readonly about: NodeName;
      readonly message: number | null;
    };

type AnyMessage = FrameMessage | MessageTrace;

/** The message that is picked itself, or that carried what is picked. */
export function messageIn(selected: Selection | null): number | null {
  return selected?.type === 'message' || selected?.type === 'report' ? selected.message : null;
}

/** The nodes it is about, the one to open first. */
export function nodesIn(selected: Selection | null, message: AnyMessage | null): NodeName[] {
  switch (selected?.type) {
    case 'node':
      return [selected.node];
    case 'link':
      return [selected.from, selected.to];
    case 'report':
      return [selected.at, selected.by, selected.about];
    case 'message':
      return message === null ? [] : [message.to, message.from];
    default:
      return [];
  }
}

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

/** The same thing is picked. */
export function isSame(a: Selection | null, b: Selection | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
