/**
 * The future, ordered by time and then by when it was scheduled; a value like all of a world.
 *
 * A binary heap that belongs to the newest version. To add or take hands it on, and the older
 * version keeps only what was added or taken and who has the heap now; whoever still reads it gets
 * a copy in which all later changes are taken back. Nobody does while a run goes on, so that an
 * event costs one small object and no path of copies.
 * Source: none; Henry Baker, Shallow Binding Makes Functional Arrays Fast, 1991.
 */
export interface Timed {
  readonly atMs: number;
  readonly seq: number;
}

/** What comes first: the earlier, and of one millisecond what was scheduled first. */
export const isBefore = (a: Timed, b: Timed): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq);

/** After so many changes, or as many as there are events, a version gets a heap of its own. */
const LONG_CHAIN = 256;

export class EventQueue<T extends Timed> implements Iterable<T> {
  /** Null: a later version has it. */
  #heap: Heap<T> | null;
  /** Changes since the heap was copied. */
  readonly #age: number;
  /** The version made from this one, and the event it added or, if `#isTaken`, took. */
  #next: EventQueue<T> | null = null;
  #event: T | null = null;
  #isTaken = false;

  private constructor(heap: Heap<T>, age: number) {
    this.#heap = heap;
    this.#age = age;
  }

  static from<T extends Timed>(events: Iterable<T> = []): EventQueue<T> {
    return new EventQueue(Heap.of([...events]), 0);
  }

  /** The earliest, or null. */
  get first(): T | null {
    return this.#own().events[0] ?? null;
  }

  /** All events, in no particular order; to be read at once. */
  all(): readonly T[] {
    return this.#own().events;
  }

  /** In order. */
  [Symbol.iterator](): Iterator<T> {
    return inOrder([...this.all()]).values();
  }

  /** In order, in JSON. */
  toJSON(): readonly T[] {
    return [...this];
  }

  /** With one more event. */
  with(event: T): EventQueue<T> {
    const after = this.#handOn(event, false);
    after.#heap!.add(event);
    return after;
  }

  /** Without the earliest. */
  withoutFirst(): EventQueue<T> {
    const { first } = this;
    if (!first) return this;
    const after = this.#handOn(first, true);
    after.#heap!.takeFirst();
    return after;
  }

  /** The same, with a heap of its own. */
  apart(): EventQueue<T> {
    return new EventQueue(this.#own().copy(), 0);
  }

  /** Nobody will read this version any more, nor any from before, as `ValueMap.letGo` says. */
  letGo(): void {
    if (this.#heap) return;
    this.#next = null;
    this.#event = null;
  }

  /** The version in which this event is about to be added or taken. */
  #handOn(event: T, isTaken: boolean): EventQueue<T> {
    const heap = this.#own();
    // So that whoever holds on to an old version holds no endless chain of those after it.
    if (this.#age >= Math.max(LONG_CHAIN, heap.events.length)) {
      return new EventQueue(heap.copy(), 0);
    }
    const after = new EventQueue(heap, this.#age + 1);
    this.#heap = null;
    this.#next = after;
    this.#event = event;
    this.#isTaken = isTaken;
    return after;
  }

  #own(): Heap<T> {
    return this.#heap ?? this.#standAlone();
  }

  #standAlone(): Heap<T> {
    const later: EventQueue<T>[] = [this];
    for (let next = this.#next; next && !later.at(-1)!.#heap; next = next.#next) later.push(next);
    if (!later.at(-1)!.#heap) throw new Error('this version of a queue was let go');
    const events = new Set(later.pop()!.all());
    for (const version of later.reverse()) {
      if (version.#isTaken) events.add(version.#event!);
      else events.delete(version.#event!);
    }
    const heap = Heap.of([...events]);
    this.#heap = heap;
    this.#next = null;
    this.#event = null;
    return heap;
  }
}

/** The same list, sorted. */
export const inOrder = <T extends Timed>(events: T[]): T[] =>
  events.sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);

/** Each event comes after the one half as far from the front. Numbers that decide stand apart. */
class Heap<T extends Timed> {
  readonly events: T[];
  private readonly times: number[];
  private readonly seqs: number[];

  private constructor(events: T[], times: number[], seqs: number[]) {
    this.events = events;
    this.times = times;
    this.seqs = seqs;
  }

  /** A list in order is a heap, too. */
  static of<T extends Timed>(events: T[]): Heap<T> {
    inOrder(events);
    const times = events.map(({ atMs }) => atMs);
    return new Heap(
      events,
      times,
      events.map(({ seq }) => seq),
    );
  }

  copy(): Heap<T> {
    return new Heap(this.events.slice(), this.times.slice(), this.seqs.slice());
  }

  /** Adds an event at the end and moves it up to its place. */
  add(event: T): void {
    const { events, times, seqs } = this;
    const { atMs, seq } = event;
    let place = events.length;
    events.push(event);
    times.push(atMs);
    seqs.push(seq);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const isLater = times[above]! < atMs || (times[above]! === atMs && seqs[above]! < seq);
      if (isLater) break;
      this.move(above, place);
      place = above;
    }
    events[place] = event;
    times[place] = atMs;
    seqs[place] = seq;
  }

  /** Takes out the first; the last takes its place and moves down to its own. */
  takeFirst(): void {
    const { events, times, seqs } = this;
    const [event, atMs, seq] = [events.pop()!, times.pop()!, seqs.pop()!];
    const { length } = events;
    if (length === 0) return;
    let place = 0;
    for (let below = 1; below < length; below = 2 * place + 1) {
      if (below + 1 < length && this.isBefore(below + 1, below)) below++;
      const isLater = atMs < times[below]! || (atMs === times[below]! && seq < seqs[below]!);
      if (isLater) break;
      this.move(below, place);
      place = below;
    }
    events[place] = event;
    times[place] = atMs;
    seqs[place] = seq;
  }

  private isBefore(a: number, b: number): boolean {
    const { times, seqs } = this;
    return times[a]! < times[b]! || (times[a]! === times[b]! && seqs[a]! < seqs[b]!);
  }

  private move(from: number, to: number): void {
    this.events[to] = this.events[from]!;
    this.times[to] = this.times[from]!;
    this.seqs[to] = this.seqs[from]!;
  }
}
