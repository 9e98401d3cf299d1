/**
 * The future, ordered by time and then by when it was scheduled. A leftist heap: adding and taking
 * leave the old queue as it was, so every kept world keeps its own future.
 */
export interface Timed {
  readonly atMs: number;
  readonly seq: number;
}

export interface QueueNode<T extends Timed> {
  readonly value: T;
  readonly rank: number;
  readonly left: EventQueue<T>;
  readonly right: EventQueue<T>;
}

export type EventQueue<T extends Timed> = QueueNode<T> | null;

/** The queue with one more event. */
export function enqueue<T extends Timed>(queue: EventQueue<T>, value: T): EventQueue<T> {
  return merge(queue, { value, rank: 1, left: null, right: null });
}

/** The queue without its earliest event. */
export function withoutFirst<T extends Timed>(queue: EventQueue<T>): EventQueue<T> {
  return queue && merge(queue.left, queue.right);
}

/** All events, in no particular order. */
export function* eachQueued<T extends Timed>(queue: EventQueue<T>): Generator<T> {
  const left = queue ? [queue] : [];
  for (let node = left.pop(); node; node = left.pop()) {
    yield node.value;
    if (node.right) left.push(node.right);
    if (node.left) left.push(node.left);
  }
}

/** What comes first: the earlier, and of one millisecond what was scheduled first. */
export const isBefore = (a: Timed, b: Timed): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);

function merge<T extends Timed>(a: EventQueue<T>, b: EventQueue<T>): EventQueue<T> {
  if (!a) return b;
  if (!b) return a;
  return isBefore(a.value, b.value) ? withRight(a, b) : withRight(b, a);
}

/** `first` and all of `second`, which comes later. */
function withRight<T extends Timed>(first: QueueNode<T>, second: QueueNode<T>): QueueNode<T> {
  const { value, left } = first;
  const right = merge(first.right, second)!;
  if (!left) return { value, rank: 1, left: right, right: null };
  if (left.rank >= right.rank) return { value, rank: right.rank + 1, left, right };
  return { value, rank: left.rank + 1, left: right, right: left };
}
