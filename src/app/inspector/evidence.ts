/** Which message stands behind a belief: the one that carried a report, a request, or a vote. */
import type { FrameElection, FrameReport } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { MessageType, RecordedNote } from '../../protocol/notes';

interface Read {
  readonly from: NodeName;
  readonly to: NodeName;
  readonly atMs: number;
  readonly types?: readonly MessageType[];
}

/** The message with which `by` told `at`, as the report stands now: a later one renews it. */
export function carrierOf(
  notes: readonly RecordedNote[],
  at: NodeName,
  { by, atMs }: FrameReport,
): number | null {
  return messageRead(notes, { from: by, to: at, atMs, types: ['PING', 'PONG', 'MEET'] });
}

/** The message read at an instant on the way from one node to another; the last, if several. */
export function messageRead(
  notes: readonly RecordedNote[],
  { from, to, atMs, types }: Read,
): number | null {
  for (let i = notes.length - 1; i >= 0 && notes[i]!.atMs >= atMs; i--) {
    const note = notes[i]!;
    if (note.event !== 'received' || note.atMs !== atMs) continue;
    if (note.from !== from || note.to !== to) continue;
    if (types === undefined || types.includes(note.type)) return note.message;
  }
  return null;
}

export interface Ballots {
  /** The request this voter was sent. */
  readonly request: number | null;
  /** Its vote, if it gave one. */
  readonly vote: number | null;
  /** The step in which it voted or denied. */
  readonly step: number | null;
}

/** What went between a candidate and a voter in one election, as far as the cursor. */
export function ballotsOf(
  notes: readonly RecordedNote[],
  { candidate, startedAtMs, epoch }: FrameElection,
  voter: NodeName,
  untilStep: number,
): Ballots {
  let [request, vote, step]: (number | null)[] = [null, null, null];
  for (let i = notes.length - 1; i >= 0 && notes[i]!.atMs >= startedAtMs; i--) {
    const note = notes[i]!;
    if (note.step > untilStep) continue;
    if (note.event === 'sent') {
      if (isOn(note, candidate, voter, 'FAILOVER_AUTH_REQUEST')) request = note.message;
      if (isOn(note, voter, candidate, 'FAILOVER_AUTH_ACK')) vote = note.message;
    }
    const isAnswer = note.event === 'vote.grant' || note.event === 'vote.deny';
    if (isAnswer && note.by === voter && note.to === candidate && note.epoch === epoch) {
      step = note.step;
    }
  }
  return { request: request ?? null, vote: vote ?? null, step: step ?? null };
}

type Sent = Extract<RecordedNote, { event: 'sent' | 'received' | 'lost' }>;
const isOn = (note: Sent, from: NodeName, to: NodeName, type: MessageType): boolean =>
  note.from === from && note.to === to && note.type === type;
