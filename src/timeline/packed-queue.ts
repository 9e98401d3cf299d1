/**
 * The future of a world put away small: three bytes an event. What the event is stands in a book
 * that all worlds of a line share, once for all worlds in whose future it lies.
 */
import { EventQueue, inOrder } from '../kernel/event-queue';
import type { ScheduledEvent } from '../kernel/world';
import { ByteLog, LogReader } from './byte-log';
import { EventBook } from './event-book';

export interface PackedQueue {
  readonly diary: QueueDiary;
  readonly from: number;
  readonly length: number;
  /** Events that do not go into the book. */
  readonly others: readonly ScheduledEvent[];
}

const NONE: readonly ScheduledEvent[] = [];
/** So often it forgets where events stand that have happened. */
const FORGETS_EVERY = 8;
/** About as long as it takes to put a node away. */
const EVENTS_A_PIECE = 32;

/** How many pieces it takes to put so many events away. */
export const queuePieces = (events: number): number => 1 + events / EVENTS_A_PIECE;

/** Queues of all worlds of a line. */
export class QueueDiary {
  private readonly book = new EventBook();
  private readonly log = new ByteLog();
  /** Where in the book the events stand that were put away last, and some of those before. */
  private places = new Map<ScheduledEvent, number>();
  private turn = 0;

  /**
   * Puts all events of a queue away, some at a time, each by how far its place in the book lies
   * from that before it. The list is the diary's own from now on.
   */
  *put(events: ScheduledEvent[]): Generator<void, PackedQueue> {
    inOrder(events);
    yield;
    const from = this.log.length;
    const others: ScheduledEvent[] = [];
    const known = this.places;
    if (this.turn++ % FORGETS_EVERY === 0) this.places = new Map();
    const { places } = this;
    let last = 0;
    const { length } = events;
    for (let i = 0; i < length; i++) {
      if (i % EVENTS_A_PIECE === 0) yield;
      const event = events[i]!;
      const before = known.get(event);
      const place = before ?? this.book.write(event);
      if (place !== null && (before === undefined || known !== places)) places.set(event, place);
      // 0: one of the others.
      const code = place === null ? 0 : place + 1;
      if (place === null) others.push(event);
      this.log.natural(zigzag(code - last));
      last = code;
    }
    return { diary: this, from, length, others: others.length > 0 ? others : NONE };
  }

  /** The queue that was put away. */
  read({ from, length, others }: PackedQueue): EventQueue<ScheduledEvent> {
    const reader = new LogReader(this.log, from);
    let [last, other] = [0, 0];
    const events = Array.from({ length }, () => {
      last += unzigzag(reader.natural());
      return last === 0 ? others[other++]! : this.book.read(last - 1);
    });
    return EventQueue.from(events);
  }
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
