/**
 * Every message of a history: when it left, when it was to arrive, what became of it. Hundreds of
 * thousands in a large cluster, so they are kept as numbers; objects are made for whoever looks.
 */
import { MESSAGE_TYPE_CODE } from '../protocol/bus-message';
import type { NodeName } from '../protocol/ids';
import type { MessageType, RecordedNote } from '../protocol/notes';
import type { MessageTrace, TypeFilter } from './cluster-source';
import { Column } from './column';

type Transport = Extract<RecordedNote, { event: 'sent' | 'received' | 'lost' }>;

/** What is kept of a message that left. */
export type Departure = Omit<MessageTrace, 'fate'> & { readonly step: number };

/** The steps in which a message left and was read. */
export interface Journey {
  readonly from: NodeName;
  readonly to: NodeName;
  readonly sentStep: number;
  readonly readStep: number | null;
  readonly readAtMs: number | null;
}

interface Move {
  readonly step: number;
  readonly deliverAtMs: number;
}

const TYPES = Object.keys(MESSAGE_TYPE_CODE) as MessageType[];
const FLYING = 0;
const DELIVERED = 1;
const LOST = 2;
const FATES = ['flying', 'delivered', 'lost'] as const;
const EVENTS = ['sent', 'received', 'lost'] as const;
/** Names are numbered; two of them share a number of the list. */
const NAME_BITS = 15;
/** Messages made into objects and not thrown away at once. */
const KEPT_TRACES = 4_096;

/** PING, PONG and MEET, which are nearly all there is. */
export function isHeartbeat(note: { readonly event: string; readonly type?: string }): boolean {
  const { event, type } = note;
  const isTransport = event === 'sent' || event === 'received' || event === 'lost';
  return isTransport && (type === 'PING' || type === 'PONG' || type === 'MEET');
}

export class MessageLog {
  private names: NodeName[] = [];
  private placeByName = new Map<NodeName, number>();
  /** Of each message, in the order in which they left. */
  private ids = new Column();
  private ends = new Column();
  private kinds = new Column();
  private sentAtMs = new Column();
  private deliverAtMs = new Column();
  private epochs = new Column();
  private sentSteps = new Column();
  private endSteps = new Column();
  private endAtMs = new Column();
  /** Row by id, from 1; 0: no such message. */
  private rows = new Column();
  /** Rows in the order in which they were read, and in which steps. */
  private reads = new Column();
  private readSteps = new Column();
  /** What few messages have. */
  private readonly extras = new Map<number, Pick<MessageTrace, 'rumours' | 'about'>>();
  /** When messages were to arrive that were kept back or made late, before which steps. */
  private readonly moved = new Map<number, readonly Move[]>();
  private longestMs = 0;
  private traces = new Map<number, MessageTrace>();

  get length(): number {
    return this.ids.length;
  }

  /** A message has left; if it is known already, it was made late. */
  add({ id, from, to, type, sentAtMs, deliverAtMs, rumours, about, epoch, step }: Departure): void {
    this.longestMs = Math.max(this.longestMs, deliverAtMs - sentAtMs);
    if (this.rowOf(id) !== null) return this.arrivesAt(id, deliverAtMs, step);
    while (this.rows.length <= id) this.rows.push(0);
    this.rows.set(id, this.length + 1);
    if (rumours.length > 0 || about) this.extras.set(id, { rumours, about: about ?? null });
    this.ids.push(id);
    this.ends.push((this.placeOf(from) << NAME_BITS) | this.placeOf(to));
    this.kinds.push((TYPES.indexOf(type) << 2) | FLYING);
    this.sentAtMs.push(sentAtMs);
    this.deliverAtMs.push(deliverAtMs);
    this.epochs.push(epoch ?? 0);
    this.sentSteps.push(step);
    this.endSteps.push(0);
    this.endAtMs.push(0);
  }

  /** A message that was kept back or made late arrives then, known since a step. */
  arrivesAt(id: number, atMs: number, step: number): void {
    const row = this.rowOf(id);
    if (row === null) return;
    const deliverAtMs = this.deliverAtMs.at(row);
    this.moved.set(id, [...(this.moved.get(id) ?? []), { step, deliverAtMs }]);
    this.longestMs = Math.max(this.longestMs, atMs - this.sentAtMs.at(row));
    this.deliverAtMs.set(row, atMs);
    this.traces.delete(id);
  }

  /** A message has been read or lost. */
  end(id: number, fate: 'delivered' | 'lost', step: number, atMs: number): void {
    const row = this.rowOf(id);
    if (row === null) return;
    this.kinds.set(row, (this.kinds.at(row) & ~3) | (fate === 'lost' ? LOST : DELIVERED));
    this.endSteps.set(row, step);
    this.endAtMs.set(row, atMs);
    this.traces.delete(id);
    if (fate === 'lost') return;
    this.reads.push(row);
    this.readSteps.push(step);
  }

  /** Messages on their way within a stretch of time, in the order in which they left. */
  between(fromMs: number, toMs: number, isMeant: TypeFilter = () => true): MessageTrace[] {
    const found: MessageTrace[] = [];
    const end = this.sentAtMs.countUpTo(toMs);
    for (let row = this.sentAtMs.countUpTo(fromMs - this.longestMs - 1); row < end; row++) {
      const isAbout = this.deliverAtMs.at(row) >= fromMs;
      if (isAbout && isMeant(TYPES[this.kinds.at(row) >> 2]!)) found.push(this.traceAt(row));
    }
    return found;
  }

  /** A message on its way; null: there is none of this number. */
  traceOf(id: number): MessageTrace | null {
    const row = this.rowOf(id);
    return row === null ? null : this.traceAt(row);
  }

  /** When and where a message travelled; null: there is none of this number. */
  journeyOf(id: number): Journey | null {
    const row = this.rowOf(id);
    if (row === null) return null;
    const { from, to, fate } = this.traceAt(row);
    const isRead = fate === 'delivered';
    return {
      from,
      to,
      sentStep: this.sentSteps.at(row),
      readStep: isRead ? this.endSteps.at(row) : null,
      readAtMs: isRead ? this.endAtMs.at(row) : null,
    };
  }

  /** What the sender of a message sent last in an earlier step, to whomever. */
  sentBefore(id: number): { readonly id: number; readonly sentStep: number } | null {
    const known = this.rowOf(id);
    if (known === null) return null;
    const sender = this.ends.at(known) >> NAME_BITS;
    const step = this.sentSteps.at(known);
    for (let row = known - 1; row >= 0; row--) {
      const sentStep = this.sentSteps.at(row);
      if (sentStep < step && this.ends.at(row) >> NAME_BITS === sender) {
        return { id: this.ids.at(row), sentStep };
      }
    }
    return null;
  }

  /** The first message read after a step, or the last one read before it; null: none is known. */
  readNear(step: number, direction: 1 | -1): RecordedNote | null {
    const after = this.readSteps.countUpTo(direction === 1 ? step : step - 1);
    const index = direction === 1 ? after : after - 1;
    return index < 0 || index >= this.reads.length ? null : this.noteAt(this.reads.at(index), 1);
  }

  /** How many messages were sent in each bucket of `bucketMs` since 0. */
  density(bucketMs: number): number[] {
    const counts: number[] = [];
    for (let row = 0; row < this.length; row++) {
      const bucket = Math.floor(this.sentAtMs.at(row) / bucketMs);
      while (counts.length <= bucket) counts.push(0);
      counts[bucket]!++;
    }
    return counts;
  }

  /** A log of its own with what was known right after a step. */
  until(step: number): MessageLog {
    const log = new MessageLog();
    const count = this.sentSteps.countUpTo(step);
    log.names = [...this.names];
    log.placeByName = new Map(this.placeByName);
    log.longestMs = this.longestMs;
    log.rows = this.rows.first(count === 0 ? 0 : this.ids.at(count - 1) + 1);
    for (const name of COLUMNS) log[name] = this[name].first(count);
    const reads = this.readSteps.countUpTo(step);
    log.reads = this.reads.first(reads);
    log.readSteps = this.readSteps.first(reads);
    for (const [id, moves] of this.moved) log.takeMoves(id, moves, step);
    for (let row = 0; row < count; row++) {
      const extra = this.extras.get(this.ids.at(row));
      if (extra) log.extras.set(this.ids.at(row), extra);
      if (log.endSteps.at(row) <= step) continue;
      log.kinds.set(row, log.kinds.at(row) & ~3);
      log.endSteps.set(row, 0);
    }
    return log;
  }

  /** In a log that ends at `step`: a move before it holds, a later one has not been made. */
  private takeMoves(id: number, moves: readonly Move[], step: number): void {
    const row = this.rowOf(id);
    if (row === null || row >= this.length) return;
    this.moved.set(
      id,
      moves.filter((move) => move.step <= step),
    );
    const undone = moves.find((move) => move.step > step);
    if (undone) this.deliverAtMs.set(row, undone.deliverAtMs);
  }

  private rowOf(id: number): number | null {
    const row = id >= 0 && id < this.rows.length ? this.rows.at(id) : 0;
    return row === 0 ? null : row - 1;
  }

  private placeOf(name: NodeName): number {
    const known = this.placeByName.get(name);
    if (known !== undefined) return known;
    this.placeByName.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  private traceAt(row: number): MessageTrace {
    const id = this.ids.at(row);
    const known = this.traces.get(id);
    if (known) return known;
    const kind = this.kinds.at(row);
    const ends = this.ends.at(row);
    const trace: MessageTrace = {
      id,
      type: TYPES[kind >> 2]!,
      from: this.names[ends >> NAME_BITS]!,
      to: this.names[ends & ((1 << NAME_BITS) - 1)]!,
      sentAtMs: this.sentAtMs.at(row),
      deliverAtMs: this.deliverAtMs.at(row),
      fate: FATES[kind & 3]!,
      rumours: this.extras.get(id)?.rumours ?? NO_RUMOURS,
      about: this.extras.get(id)?.about ?? null,
      epoch: this.epochs.at(row),
    };
    if (this.traces.size >= KEPT_TRACES) this.traces.delete(this.traces.keys().next().value!);
    this.traces.set(id, trace);
    return trace;
  }

  private noteAt(row: number, event: number): Transport {
    const { id, type, from, to, sentAtMs } = this.traceAt(row);
    const isSent = event === 0;
    return {
      event: EVENTS[event]!,
      type,
      from,
      to,
      message: id,
      atMs: isSent ? sentAtMs : this.endAtMs.at(row),
      step: (isSent ? this.sentSteps : this.endSteps).at(row),
    };
  }
}

const NO_RUMOURS: MessageTrace['rumours'] = [];
const COLUMNS = [
  'ids',
  'ends',
  'kinds',
  'sentAtMs',
  'deliverAtMs',
  'epochs',
  'sentSteps',
  'endSteps',
  'endAtMs',
] as const;
