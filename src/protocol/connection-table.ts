/**
 * A map by the ids of connections, `8901#17`. A cluster of 300 has ninety thousand of them, and
 * every message asks for one: by the two numbers of its id an entry is found at one look, where a
 * map by texts takes several, each at a place in memory that nobody has read for long.
 * Source: none; redis-server finds a connection by its file descriptor.
 */
import type { ConnectionId } from './effects';
import type { Entries } from './value-map';

const ZERO = 48;
const MARK = 35;
const MOST_DIGITS = 5;
const HALF = 1 << 16;

/** One and the same id is asked for again and again while a message is sent or read. */
const asked = { id: '', key: 0 };

/** What an id is in the table; 0: an id of another kind, or its numbers are too large. */
function keyOf(id: ConnectionId): number {
  if (id !== asked.id) {
    asked.key = numbersOf(id);
    asked.id = id;
  }
  return asked.key;
}

function numbersOf(id: ConnectionId): number {
  let mark = 1;
  while (mark <= MOST_DIGITS && id.charCodeAt(mark) !== MARK) mark++;
  const port = numberIn(id, 0, mark);
  const number = numberIn(id, mark + 1, id.length);
  return port === 0 || number === 0 ? 0 : port * HALF + number;
}

/** The number a stretch of a text says without a sign or a zero in front; 0: it says none. */
function numberIn(text: string, from: number, to: number): number {
  if (to - from > MOST_DIGITS) return 0;
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < (at === from ? 1 : 0) || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number < HALF ? number : 0;
}

const idOf = (key: number): ConnectionId => `${Math.floor(key / HALF)}#${key % HALF}`;

const LEAST_ROOM = 16;
/** Spreads keys that follow each other. */
const SPREAD = 0x9e3779b1;

/** Keys as an engine likes numbers best: they have a sign. */
const HALFWAY = 2 ** 31;
const FREE = undefined;

/** No value is undefined. */
export class ConnectionTable<V> implements Entries<ConnectionId, V> {
  /** Each key and its value behind it. What is gone keeps its place, without a value. */
  #cells: (number | V | undefined)[] = roomFor(LEAST_ROOM);
  #taken = 0;
  #live = 0;
  #others = new Map<ConnectionId, V>();

  get size(): number {
    return this.#live + this.#others.size;
  }

  get(id: ConnectionId): V | undefined {
    const key = keyOf(id);
    if (key === 0) return this.#others.get(id);
    return this.#cells[this.#placeOf(key - HALFWAY) + 1] as V | undefined;
  }

  has(id: ConnectionId): boolean {
    return this.get(id) !== undefined;
  }

  set(id: ConnectionId, value: V): void {
    this.swap(id, value);
  }

  swap(id: ConnectionId, value: V): V | undefined {
    const key = keyOf(id);
    if (key !== 0) return this.#put(key - HALFWAY, value);
    const before = this.#others.get(id);
    this.#others.set(id, value);
    return before;
  }

  delete(id: ConnectionId): void {
    const key = keyOf(id);
    if (key === 0) return void this.#others.delete(id);
    const place = this.#placeOf(key - HALFWAY);
    if (this.#cells[place + 1] === undefined) return;
    this.#cells[place + 1] = undefined;
    this.#live--;
  }

  copy(): ConnectionTable<V> {
    const copy = new ConnectionTable<V>();
    copy.#cells = this.#cells.slice();
    copy.#taken = this.#taken;
    copy.#live = this.#live;
    copy.#others = new Map(this.#others);
    return copy;
  }

  *[Symbol.iterator](): Generator<[ConnectionId, V]> {
    const cells = this.#cells;
    for (let place = 0; place < cells.length; place += 2) {
      const value = cells[place + 1] as V | undefined;
      if (value !== undefined) yield [idOf((cells[place] as number) + HALFWAY), value];
    }
    yield* this.#others;
  }

  #put(key: number, value: V): V | undefined {
    const place = this.#placeOf(key);
    if (this.#cells[place] === FREE) {
      this.#cells[place] = key;
      this.#taken++;
    }
    const before = this.#cells[place + 1] as V | undefined;
    if (before === undefined) this.#live++;
    this.#cells[place + 1] = value;
    // At most half of it is taken, so that a look or two find each.
    if (this.#taken * 4 > this.#cells.length) this.#makeRoom();
    return before;
  }

  /** Where a key stands, or would. */
  #placeOf(key: number): number {
    const cells = this.#cells;
    const last = cells.length / 2 - 1;
    let place = Math.imul(key, SPREAD) >>> Math.clz32(last);
    while (cells[2 * place] !== key && cells[2 * place] !== FREE) place = (place + 1) & last;
    return 2 * place;
  }

  #makeRoom(): void {
    const cells = this.#cells;
    const room = this.#live * 8 > cells.length ? cells.length : cells.length / 2;
    this.#cells = roomFor(room);
    this.#taken = 0;
    this.#live = 0;
    for (let place = 0; place < cells.length; place += 2) {
      const value = cells[place + 1] as V | undefined;
      if (value !== undefined) this.#put(cells[place] as number, value);
    }
  }
}

const roomFor = (entries: number): undefined[] => new Array<undefined>(2 * entries).fill(undefined);
