/**
 * The future of a world put away small. Most of it is heartbeats under way: each is written as a
 * few numbers, and one for each node it gossips about; what they have in common with others stands
 * in a book that all worlds of a line share.
 */
import type { EventQueue } from '../kernel/event-queue';
import type { ScheduledEvent } from '../kernel/world';
import type { GossipEntry, HeartbeatMessage } from '../protocol/bus-message';
import type { Envelope } from '../protocol/bus-state';
import { GossipBook } from './gossip-book';

type Queue = EventQueue<ScheduledEvent>;
type Node = NonNullable<Queue>;

export interface PackedQueue {
  /** Node by node, each before what hangs on its left, then on its right: its rank, 0 for none. */
  readonly codes: Int32Array;
  /** What is no heartbeat under way, in the same order. */
  readonly others: readonly ScheduledEvent[];
  readonly nowMs: number;
  readonly book: GossipBook;
}

const SECOND_MS = 1_000;
const OTHER = 0;
const HEARTBEAT = 1;
/** A second that is so long ago, or never. */
const OLDEST_SECONDS = 254;
const NEVER = 255;
const MOST_PLACES = 0xffff;

/** Puts a queue away. */
export function packQueue(queue: Queue, nowMs: number, book: GossipBook): PackedQueue {
  const codes: number[] = [];
  const others: ScheduledEvent[] = [];
  const visit = (node: Queue): void => {
    codes.push(node?.rank ?? 0);
    if (!node) return;
    const heartbeat = heartbeatOf(node.value);
    const written = heartbeat && write(node.value, heartbeat, nowMs, book);
    if (written) codes.push(HEARTBEAT, ...written);
    else codes.push(OTHER);
    if (!written) others.push(node.value);
    visit(node.left);
    visit(node.right);
  };
  visit(queue);
  return { codes: Int32Array.from(codes), others, nowMs, book };
}

interface UnderWay {
  readonly envelope: Envelope;
  readonly message: HeartbeatMessage;
}

function heartbeatOf({ atMs, what }: ScheduledEvent): UnderWay | null {
  if (what.target !== 'bus' || what.event.type !== 'ARRIVE') return null;
  const { arrival, nowMs, to } = what.event;
  if (arrival.type !== 'envelope' || arrival.inSocket) return null;
  const { envelope } = arrival;
  const { payload } = envelope;
  if (payload.channel !== 'bus' || !('gossip' in payload.message)) return null;
  const isPlain = to === envelope.to && atMs === nowMs && atMs === envelope.deliverAtMs;
  return isPlain ? { envelope, message: payload.message } : null;
}

/** Null if one of the numbers does not fit. */
function write(
  { atMs, seq }: ScheduledEvent,
  { envelope, message }: UnderWay,
  nowMs: number,
  book: GossipBook,
): number[] | null {
  const { id, connection, from, to, sentAtMs } = envelope;
  const { gossip, offsetBytes } = message;
  const ends = [book.words.placeOf(connection), book.words.placeOf(from), book.words.placeOf(to)];
  const head = [book.headerPlaceOf(message), offsetBytes, gossip.length];
  const codes = [atMs, seq, id, sentAtMs, ...ends, ...head];
  for (const entry of gossip) {
    const code = entryCode(entry, nowMs, book);
    if (code === null) return null;
    codes.push(code);
  }
  return codes.every((code) => code === (code | 0)) ? codes : null;
}

function entryCode(entry: GossipEntry, nowMs: number, book: GossipBook): number | null {
  const place = book.entryPlaceOf(entry);
  const ping = secondCode(entry.pingSentSecondMs, nowMs);
  const pong = secondCode(entry.pongReceivedSecondMs, nowMs);
  if (place > MOST_PLACES || ping === null || pong === null) return null;
  return (place << 16) | (ping << 8) | pong;
}

/** How many seconds ago; null: that does not fit. */
function secondCode(secondMs: number, nowMs: number): number | null {
  if (secondMs === 0) return NEVER;
  const ago = Math.floor(nowMs / SECOND_MS) - secondMs / SECOND_MS;
  return ago >= 0 && ago <= OLDEST_SECONDS ? ago : null;
}

/** The queue that was put away. */
export function unpackQueue(packed: PackedQueue): Queue {
  const reader = new Reader(packed);
  return reader.node();
}

class Reader {
  private at = 0;
  private other = 0;
  private readonly packed: PackedQueue;

  constructor(packed: PackedQueue) {
    this.packed = packed;
  }

  node(): Queue {
    const rank = this.next();
    if (rank === 0) return null;
    const value = this.next() === HEARTBEAT ? this.heartbeat() : this.packed.others[this.other++]!;
    const left = this.node();
    const node: Node = { value, rank, left, right: this.node() };
    return node;
  }

  private next(): number {
    return this.packed.codes[this.at++]!;
  }

  private word(): string {
    return this.packed.book.words.at(this.next());
  }

  private heartbeat(): ScheduledEvent {
    const [atMs, seq, id, sentAtMs] = [this.next(), this.next(), this.next(), this.next()];
    const [connection, from, to] = [this.word(), this.word(), this.word()];
    const base = this.packed.book.headers[this.next()]!;
    const offsetBytes = this.next();
    const gossip = Array.from({ length: this.next() }, () => this.entry());
    const payload = { channel: 'bus', message: { ...base, offsetBytes, gossip } } as const;
    const deliverAtMs = atMs;
    const envelope = { id, connection, from, to, payload, sentAtMs, deliverAtMs };
    const arrival = { type: 'envelope', envelope, inSocket: false } as const;
    const event = { type: 'ARRIVE', nowMs: atMs, to, arrival } as const;
    return { atMs, seq, what: { target: 'bus', event } };
  }

  private entry(): GossipEntry {
    const code = this.next();
    const { id, ip, port, busPort, flags } = this.packed.book.entries[code >>> 16]!;
    const pingSentSecondMs = this.second((code >> 8) & 0xff);
    const pongReceivedSecondMs = this.second(code & 0xff);
    return { id, pingSentSecondMs, pongReceivedSecondMs, ip, port, busPort, flags };
  }

  private second(code: number): number {
    if (code === NEVER) return 0;
    return (Math.floor(this.packed.nowMs / SECOND_MS) - code) * SECOND_MS;
  }
}
