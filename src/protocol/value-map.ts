/**
 * A map as a value: a change makes another one, and what it was made from reads as it always did.
 *
 * The entries belong to the newest version. To change it hands them on, and the older version keeps
 * only what stood there before and who has them now; whoever still reads it gets a copy in which
 * all later changes are taken back. Nobody does while a run goes on: then a change costs what it
 * costs in a plain map, however large that is, and a version nobody holds is a burden to nobody.
 * Source: none; Henry Baker, Shallow Binding Makes Functional Arrays Fast, 1991.
 */

/** Where the entries stand: a Map, or something quicker for keys of one kind. */
export interface Entries<K, V> extends Iterable<[K, V]> {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  /** Returns what stood there before. */
  swap?(key: K, value: V): V | undefined;
  set(key: K, value: V): unknown;
  delete(key: K): unknown;
  copy?(): Entries<K, V>;
}

/** After so many changes, or for each entry as many, a version gets entries of its own. */
const LONG_CHAIN = 256;
const CHANGES_PER_ENTRY = 2;

export class ValueMap<K, V> implements Iterable<[K, V]> {
  /** Null: a later version has them. */
  #entries: Entries<K, V> | null;
  /** Changes since the entries were copied. */
  readonly #age: number;
  /** The version made from this one, what was changed, and what stood there; undefined: nothing. */
  #next: ValueMap<K, V> | null = null;
  #key: K | undefined = undefined;
  #before: V | undefined = undefined;

  private constructor(entries: Entries<K, V>, age: number) {
    this.#entries = entries;
    this.#age = age;
  }

  static from<K, V>(entries: Iterable<readonly [K, V]> = []): ValueMap<K, V> {
    return new ValueMap(new Map(entries), 0);
  }

  /** The entries belong to this value from now on. */
  static of<K, V>(entries: Entries<K, V>): ValueMap<K, V> {
    return new ValueMap(entries, 0);
  }

  get size(): number {
    return this.#own().size;
  }

  get(key: K): V | undefined {
    return this.#own().get(key);
  }

  has(key: K): boolean {
    return this.#own().has(key);
  }

  set(key: K, value: V): ValueMap<K, V> {
    const entries = this.#own();
    const before = swap(entries, key, value);
    return Object.is(before, value) ? this : this.#handOn(key, before);
  }

  delete(key: K): ValueMap<K, V> {
    const entries = this.#own();
    const before = entries.get(key);
    if (before === undefined) return this;
    entries.delete(key);
    return this.#handOn(key, before);
  }

  /** The same, with entries of its own: what comes of it is no matter to this one. */
  apart(): ValueMap<K, V> {
    return new ValueMap(copyOf(this.#own()), 0);
  }

  /**
   * Nobody will read this version any more, nor any from before: if a later one has the entries,
   * it keeps nothing. What it led to would otherwise outlive it for as long as a collector leaves
   * it where it lies.
   */
  letGo(): void {
    if (this.#entries) return;
    this.#next = null;
    this.#key = undefined;
    this.#before = undefined;
  }

  *keys(): Generator<K> {
    for (const [key] of this.#own()) yield key;
  }

  *values(): Generator<V> {
    for (const [, value] of this.#own()) yield value;
  }

  [Symbol.iterator](): Iterator<[K, V]> {
    return this.#own()[Symbol.iterator]();
  }

  /** By key, in JSON. */
  toJSON(): Record<string, V> {
    return Object.fromEntries(this) as Record<string, V>;
  }

  /** The version for which the entry at `key` has just been changed; `before` stood there. */
  #handOn(key: K, before: V | undefined): ValueMap<K, V> {
    const entries = this.#entries!;
    // So that whoever holds on to an old version holds no endless chain of those after it.
    if (this.#age >= Math.max(LONG_CHAIN, CHANGES_PER_ENTRY * entries.size)) {
      const after = new ValueMap(copyOf(entries), 0);
      putBack(entries, key, before);
      return after;
    }
    const after = new ValueMap(entries, this.#age + 1);
    this.#entries = null;
    this.#next = after;
    this.#key = key;
    this.#before = before;
    return after;
  }

  #own(): Entries<K, V> {
    return this.#entries ?? this.#standAlone();
  }

  #standAlone(): Entries<K, V> {
    const later: ValueMap<K, V>[] = [];
    let entries = this.#entries;
    for (let next = this.#next; next && !entries; next = next.#next) {
      later.push(next);
      entries = next.#entries;
    }
    if (!entries) throw new Error('this version of a map was let go');
    const copy = copyOf(entries);
    for (let i = later.length - 2; i >= -1; i--) {
      const { key, before } = (later[i] ?? this).#change();
      putBack(copy, key, before);
    }
    this.#entries = copy;
    this.#next = null;
    return copy;
  }

  #change() {
    return { key: this.#key!, before: this.#before };
  }
}

function swap<K, V>(entries: Entries<K, V>, key: K, value: V): V | undefined {
  if (entries.swap) return entries.swap(key, value);
  const before = entries.get(key);
  entries.set(key, value);
  return before;
}

function putBack<K, V>(entries: Entries<K, V>, key: K, before: V | undefined): void {
  if (before === undefined) entries.delete(key);
  else entries.set(key, before);
}

const copyOf = <K, V>(entries: Entries<K, V>): Entries<K, V> =>
  entries.copy?.() ?? new Map(entries);
