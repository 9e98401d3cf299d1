/** What the reader has picked, wherever it was: every view marks the same thing. */
import type { FrameMessage } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { ClusterSource, MessageTrace } from '../timeline/cluster-source';

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

/** Whoever remembers what is picked, and knows messages by number. */
interface Picker {
  selected: Selection | null;
  readonly source: ClusterSource;
  messageOf(id: number): AnyMessage | null;
}

/** The message that is picked itself, or that carried what is picked. */
export function messageIn(selected: Selection | null): number | null {
  return selected?.type === 'message' || selected?.type === 'report' ? selected.message : null;
}

/**
 * Does what may lead to another branch. That one numbers its messages anew: what was picked stays
 * picked if it is there too, by whatever number.
 */
export function keepPicked(picker: Picker, change: () => void): void {
  const { selected, source } = picker;
  const id = messageIn(selected);
  const picked = id === null ? null : picker.messageOf(id);
  const { branch } = source.cursor;
  change();
  if (picked === null || source.cursor.branch === branch) return;
  const message = sameIn(source, picked);
  if (selected?.type === 'report') picker.selected = { ...selected, message };
  else picker.selected = message === null ? null : { type: 'message', message };
}

function sameIn(source: ClusterSource, { type, from, to, sentAtMs }: AnyMessage): number | null {
  const same = (m: MessageTrace) =>
    m.type === type && m.from === from && m.to === to && m.sentAtMs === sentAtMs;
  return source.messages(sentAtMs, sentAtMs).find(same)?.id ?? null;
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
