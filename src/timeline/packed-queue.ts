/**
 * The future of a world put away small: a number and two bytes an event. What the event is stands
 * in a book that all worlds of a line share, once for all worlds in whose future it lies.
 */
import type { EventQueue } from '../kernel/event-queue';
import type { ScheduledEvent } from '../kernel/world';
import { EventBook } from './event-book';

type Queue = EventQueue<ScheduledEvent>;
type Node = NonNullable<Queue>;

export interface PackedQueue {
  /** Node by node, each before what hangs on its left, then on its right; 0 for none. */
  readonly ranks: Uint8Array;
  /**
   * Of each node in that order: where in the book its event stands, below 0: which of the others it
   * is, from -1 down.
   */
  readonly places: Int32Array;
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
  const [ranks, codes]: [number[], number[]] = [[], []];
  const others: ScheduledEvent[] = [];
  const places = new Map<ScheduledEvent, number>();
  const visit = (node: Queue): void => {
    // A rank is at most the logarithm of how many events there are: it fits in a byte.
    ranks.push(node?.rank ?? 0);
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
  const packed = { ranks: Uint8Array.from(ranks), places: Int32Array.from(codes), others, book };
  return { packed, places };
}

/** The queue that was put away. */
export function unpackQueue({ ranks, places, others, book }: PackedQueue): Queue {
  let [node, event] = [0, 0];
  const read = (): Queue => {
    const rank = ranks[node++]!;
    if (rank === 0) return null;
    const place = places[event++]!;
    const value = place < 0 ? others[-1 - place]! : book.read(place);
    const left = read();
    const found: Node = { value, rank, left, right: read() };
    return found;
  };
  return read();
}
