/**
 * The future of a world put away small: three bytes an event. What the event is stands in a book
 * that all worlds of a line share, once for all worlds in whose future it lies.
 */
import type { EventQueue } from '../kernel/event-queue';
import type { ScheduledEvent } from '../kernel/world';
import { ByteLog, LogReader } from './byte-log';
import { EventBook } from './event-book';

type Queue = EventQueue<ScheduledEvent>;
type Node = NonNullable<Queue>;

export interface PackedQueue {
  readonly diary: QueueDiary;
  readonly from: number;
  /** Events that do not go into the book. */
  readonly others: readonly ScheduledEvent[];
}

const NONE: readonly ScheduledEvent[] = [];
/** So often it forgets where events stand that have happened. */
const FORGETS_EVERY = 8;
/** What an event says of itself, in two bits: whether anything hangs on its left, on its right. */
const LEFT = 1;
const RIGHT = 2;
const BITS = 4;

/** Queues of all worlds of a line. */
export class QueueDiary {
  private readonly book = new EventBook();
  private readonly log = new ByteLog();
  /** Where in the book the events stand that were put away last, and some of those before. */
  private places = new Map<ScheduledEvent, number>();
  private turn = 0;

  /** Puts a queue away: each event before what hangs on its left, then on its right. */
  put(queue: Queue): PackedQueue {
    const from = this.log.length;
    const others: ScheduledEvent[] = [];
    const known = this.places;
    if (this.turn++ % FORGETS_EVERY === 0) this.places = new Map();
    const { places } = this;
    let last = 0;
    const visit = ({ value, left, right }: Node): void => {
      const before = known.get(value);
      const place = before ?? this.book.write(value);
      if (place !== null && (before === undefined || known !== places)) places.set(value, place);
      // 0: one of the others.
      const code = place === null ? 0 : place + 1;
      if (place === null) others.push(value);
      this.log.natural(BITS * zigzag(code - last) + (left ? LEFT : 0) + (right ? RIGHT : 0));
      last = code;
      if (left) visit(left);
      if (right) visit(right);
    };
    this.log.natural(queue ? 1 : 0);
    if (queue) visit(queue);
    return { diary: this, from, others: others.length > 0 ? others : NONE };
  }

  /** The queue that was put away. */
  read({ from, others }: PackedQueue): Queue {
    const reader = new LogReader(this.log, from);
    let [last, other] = [0, 0];
    const read = (): Node => {
      const code = reader.natural();
      const bits = code % BITS;
      last += unzigzag((code - bits) / BITS);
      const value = last === 0 ? others[other++]! : this.book.read(last - 1);
      const left = bits & LEFT ? read() : null;
      const right = bits & RIGHT ? read() : null;
      return { value, rank: right ? right.rank + 1 : 1, left, right };
    };
    return reader.natural() === 1 ? read() : null;
  }
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
