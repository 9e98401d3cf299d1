/**
 * The future of a world put away small: two numbers an event. What the event is stands in a book
 * that all worlds of a line share, once for all worlds in whose future it lies.
 */
import type { EventQueue } from '../kernel/event-queue';
import type { ScheduledEvent } from '../kernel/world';
import { EventBook } from './event-book';

type Queue = EventQueue<ScheduledEvent>;
type Node = NonNullable<Queue>;

export interface PackedQueue {
  /**
   * Node by node, each before what hangs on its left, then on its right: its rank, 0 for none;
   * then where in the book the event stands, below 0: which of the others it is, from -1 down.
   */
  readonly codes: Int32Array;
  /** Events that do not go into the book. */
  readonly others: readonly ScheduledEvent[];
  readonly book: EventBook;
}

/** A queue that was put away, and where in the book its events stand. */
export interface EarlierQueue {
  readonly packed: PackedQueue;
  readonly places: ReadonlyMap<ScheduledEvent, number>;
}

/** Puts a queue away. */
export function packQueue(queue: Queue, earlier: EarlierQueue | null): EarlierQueue {
  const book = earlier?.packed.book ?? new EventBook();
  const codes: number[] = [];
  const others: ScheduledEvent[] = [];
  const places = new Map<ScheduledEvent, number>();
  const visit = (node: Queue): void => {
    codes.push(node?.rank ?? 0);
    if (!node) return;
    const { value, left, right } = node;
    const place = earlier?.places.get(value) ?? book.write(value);
    if (place === null) codes.push(-others.push(value));
    else {
      codes.push(place);
      places.set(value, place);
    }
    visit(left);
    visit(right);
  };
  visit(queue);
  return { packed: { codes: Int32Array.from(codes), others, book }, places };
}

/** The queue that was put away. */
export function unpackQueue({ codes, others, book }: PackedQueue): Queue {
  let at = 0;
  const read = (): Queue => {
    const rank = codes[at++]!;
    if (rank === 0) return null;
    const place = codes[at++]!;
    const value = place < 0 ? others[-1 - place]! : book.read(place);
    const left = read();
    const node: Node = { value, rank, left, right: read() };
    return node;
  };
  return read();
}
