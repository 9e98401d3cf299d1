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

/** The index of the last note up to an instant or a step; both only ever grow. -1: none. */
function lastUntil(notes: readonly RecordedNote[], by: 'atMs' | 'step', until: number): number {
  let [low, high] = [0, notes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (notes[middle]![by] <= until) low = middle + 1;
    else high = middle;
  }
  return low - 1;
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
  for (let i = lastUntil(notes, 'atMs', atMs); i >= 0 && notes[i]!.atMs === atMs; i--) {
    const note = notes[i]!;
    if (note.event !== 'received') continue;
    if (note.from !== from || note.to !== to) continue;
    if (types === undefined || types.includes(note.type)) return note.message;
  }
  return null;
}

/** How a node came by its suspicion or verdict. */
export interface Origin {
  readonly flag: 'pfail' | 'fail';
  readonly step: number;
  readonly atMs: number;
  /** The message it was reading when it wrote that down; null: its own tick. */
  readonly read: {
    readonly message: number;
    readonly type: MessageType;
    readonly from: NodeName;
  } | null;
}

/** Since when `at` holds what it holds of `about`, and from which message; null if it holds nothing. */
export function originOf(
  notes: readonly RecordedNote[],
  at: NodeName,
  about: NodeName,
  untilStep: number,
): Origin | null {
  for (let i = lastUntil(notes, 'step', untilStep); i >= 0; i--) {
    const note = notes[i]!;
    if (note.event !== 'flag.set' && note.event !== 'flag.clear') continue;
    if (note.at !== at || note.about !== about) continue;
    if (note.event === 'flag.clear') return null;
    const { flag, step, atMs } = note;
    return { flag, step, atMs, read: readIn(notes, i, at) };
  }
  return null;
}

/** What `at` read in the step of note number `index`. */
function readIn(notes: readonly RecordedNote[], index: number, at: NodeName): Origin['read'] {
  const { step } = notes[index]!;
  let first = index;
  while (notes[first - 1]?.step === step) first -= 1;
  for (let i = first; notes[i]?.step === step; i++) {
    const note = notes[i]!;
    if (note.event !== 'received' || note.to !== at) continue;
    return { message: note.message, type: note.type, from: note.from };
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
  const last = lastUntil(notes, 'step', untilStep);
  for (let i = last; i >= 0 && notes[i]!.atMs >= startedAtMs; i--) {
    const note = notes[i]!;
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
