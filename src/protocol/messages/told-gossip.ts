/**
 * The gossip of a heartbeat as its sender made it. An entry of it is an entry of the sender's
 * table, which nobody writes to any more, and two times; for whoever looks it is made into what the
 * wire carries. In a large cluster hardly any entry says something new, and nobody looks: then all
 * that is read of it is a number and a time.
 * Source: clusterSetGossipEntry, src/cluster.c.
 */
import type { GossipEntry } from '../bus-message';
import type { ClusterNode, ClusterState } from '../cluster-state';
import type { VitalSigns } from '../vitals';
import { TRAIT, type IdBook, type TableIndex } from '../places';

/** What a message says of a node that has these times. */
export function gossipEntry(
  node: ClusterNode,
  vitals: Pick<VitalSigns, 'pingSentMs' | 'pongReceivedMs'>,
): GossipEntry {
  return {
    id: node.id,
    pingSentSecondMs: wholeSecondMs(vitals.pingSentMs),
    pongReceivedSecondMs: wholeSecondMs(vitals.pongReceivedMs),
    ip: node.ip,
    port: node.port,
    busPort: node.busPort,
    flags: node.flags,
  };
}

/** The wire carries whole seconds. */
const SECOND_MS = 1_000;
const wholeSecondMs = (atMs: number): number => Math.floor(atMs / SECOND_MS) * SECOND_MS;

/** Entries a page has room for: those of a hundred messages and more. */
const PAGE_ENTRIES = 4_096;

/**
 * What many messages tell, one after the other, in columns. Each message fills a stretch that
 * nobody writes to again; a page goes with the last message on it.
 */
class Page {
  /** In the sender's table. */
  readonly places: Uint16Array;
  /** Of ids, in the book of the message. */
  readonly numbers: Uint16Array;
  readonly pongSeconds: Int32Array;
  /** How far it is filled. */
  end = 0;

  constructor(room: number) {
    this.places = new Uint16Array(room);
    this.numbers = new Uint16Array(room);
    this.pongSeconds = new Int32Array(room);
  }
}

let page = new Page(PAGE_ENTRIES);

/** A page with room for so many entries. */
function pageFor(count: number): Page {
  const { end, places } = page;
  if (end + count > places.length) page = new Page(Math.max(PAGE_ENTRIES, count));
  return page;
}

export class ToldGossip implements Iterable<GossipEntry> {
  readonly length: number;
  /** The book that has the numbers of `numberAt`. */
  readonly book: IdBook;
  /** Whether none of the nodes has PFAIL or FAIL. */
  readonly isCalm: boolean;
  /** The sender's table. */
  readonly #nodes: readonly ClusterNode[];
  /** Where its entries stand, and from where on. */
  readonly #page: Page;
  readonly #from: number;
  /** Null: no ping is pending, as is usual. */
  readonly #pingSentSecondsMs: readonly number[] | null;

  /** The first `count` of these entries of a table, as they are now. */
  constructor(
    { nodes, vitals }: ClusterState,
    index: TableIndex,
    { chosen, count }: { readonly chosen: readonly number[]; readonly count: number },
  ) {
    const { columns, length } = vitals;
    const into = pageFor(count);
    const from = into.end;
    let [seen, pending] = [0, 0];
    for (let i = 0; i < count; i++) {
      const place = chosen[i]!;
      into.places[from + i] = place;
      into.numbers[from + i] = index.numbers[place]!;
      into.pongSeconds[from + i] = Math.floor(columns[length + place]! / SECOND_MS);
      seen |= index.traits[place]!;
      pending += columns[place]!;
    }
    into.end += count;
    this.length = count;
    this.book = index.book;
    this.isCalm = (seen & TRAIT.FAILING) === 0;
    this.#nodes = nodes;
    this.#page = into;
    this.#from = from;
    this.#pingSentSecondsMs =
      pending === 0
        ? null
        : chosen.slice(0, count).map((place) => wholeSecondMs(vitals.pingSentMs(place)));
  }

  /** The number of its id, in `book`. */
  numberAt(i: number): number {
    return this.#page.numbers[this.#from + i]!;
  }

  pongReceivedSecondMsAt(i: number): number {
    return this.#page.pongSeconds[this.#from + i]! * SECOND_MS;
  }

  at(i: number): GossipEntry | undefined {
    const at = i < 0 ? this.length + i : i;
    if (at < 0 || at >= this.length) return undefined;
    const place = this.#page.places[this.#from + at]!;
    return gossipEntry(this.#nodes[place]!, {
      pingSentMs: this.#pingSentSecondsMs?.[at] ?? 0,
      pongReceivedMs: this.pongReceivedSecondMsAt(at),
    });
  }

  *[Symbol.iterator](): Generator<GossipEntry> {
    for (let i = 0; i < this.length; i++) yield this.at(i)!;
  }

  toJSON(): GossipEntry[] {
    return [...this];
  }

  map<T>(make: (entry: GossipEntry, i: number) => T): T[] {
    return [...this].map(make);
  }

  filter(fits: (entry: GossipEntry) => unknown): GossipEntry[] {
    return [...this].filter(fits);
  }

  find(fits: (entry: GossipEntry) => unknown): GossipEntry | undefined {
    return [...this].find(fits);
  }

  some(fits: (entry: GossipEntry) => unknown): boolean {
    return [...this].some(fits);
  }

  every(fits: (entry: GossipEntry) => unknown): boolean {
    return [...this].every(fits);
  }

  slice(from?: number, to?: number): GossipEntry[] {
    return [...this].slice(from, to);
  }
}
