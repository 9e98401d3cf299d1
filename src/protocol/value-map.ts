/**
 * A map as a value: a change makes another one, and what it was made from reads as it always did.
 *
 * The entries belong to the newest version. To change it hands them on, and the older version keeps
 * only what stood there before and who has them now; whoever still reads it gets a copy in which
 * all later changes are taken back. Nobody does while a run goes on: then a change costs what it
 * costs in a plain map, however large that is, and a version nobody holds is a burden to nobody.
 * Source: none; Henry Baker, Shallow Binding Makes Functional Arrays Fast, 1991.
 */

/** After so many changes, or as many as there are entries, a version gets entries of its own. */
const LONG_CHAIN = 256;

export class ValueMap<K, V> implements Iterable<[K, V]> {
  /** Null: a later version has them. */
  #entries: Map<K, V> | null;
  /** Changes since the entries were copied. */
  readonly #age: number;
  /** The version made from this one, what was changed, and what stood there; undefined: nothing. */
  #next: ValueMap<K, V> | null = null;
  #key: K | undefined = undefined;
  #before: V | undefined = undefined;

  private constructor(entries: Map<K, V>, age: number) {
    this.#entries = entries;
    this.#age = age;
  }

  static from<K, V>(entries: Iterable<readonly [K, V]> = []): ValueMap<K, V> {
    return new ValueMap(new Map(entries), 0);
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
    const before = this.get(key);
    if (before === value) return this;
    const after = this.#handOn(key, before);
    after.#entries!.set(key, value);
    return after;
  }

  delete(key: K): ValueMap<K, V> {
    const before = this.get(key);
    if (before === undefined) return this;
    const after = this.#handOn(key, before);
    after.#entries!.delete(key);
    return after;
  }

  keys(): MapIterator<K> {
    return this.#own().keys();
  }

  values(): MapIterator<V> {
    return this.#own().values();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#own().entries();
  }

  /** By key, in JSON. */
  toJSON(): Record<string, V> {
    return Object.fromEntries(this) as Record<string, V>;
  }

  /** The version in which this one's entry at `key` is about to change. */
  #handOn(key: K, before: V | undefined): ValueMap<K, V> {
    const entries = this.#own();
    // So that whoever holds on to an old version holds no endless chain of those after it.
    if (this.#age >= Math.max(LONG_CHAIN, entries.size)) return new ValueMap(new Map(entries), 0);
    const after = new ValueMap(entries, this.#age + 1);
    this.#entries = null;
    this.#next = after;
    this.#key = key;
    this.#before = before;
    return after;
  }

  #own(): Map<K, V> {
    return this.#entries ?? this.#standAlone();
  }

  #standAlone(): Map<K, V> {
    const later: ValueMap<K, V>[] = [];
    let entries = this.#entries;
    for (let next = this.#next; next && !entries; next = next.#next) {
      later.push(next);
      entries = next.#entries;
    }
    const copy = new Map(entries);
    for (let i = later.length - 2; i >= -1; i--) {
      const { key, before } = (later[i] ?? this).#change();
      if (before === undefined) copy.delete(key);
      else copy.set(key, before);
    }
    this.#entries = copy;
    this.#next = null;
    return copy;
  }

  #change() {
    return { key: this.#key!, before: this.#before };
  }
}
