/**
 * The gossip of a heartbeat as its sender made it. An entry of it is an entry of the sender's
 * table, which nobody writes to any more, and two times; for whoever looks it is made into what the
 * wire carries. In a large cluster hardly any entry says something new, and nobody looks: then all
 * that is read of it is a number and a time.
 * Source: clusterSetGossipEntry, src/cluster.c.
 */
import type { GossipEntry } from './bus-message';
import type { ClusterNode, ClusterState } from './cluster-state';
import type { VitalSigns } from './vitals';
import { TRAIT, type IdBook, type TableIndex } from './places';

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

/** More than a book has: its numbers fit in two bytes. */
const NUMBERS = 65_536;

export class ToldGossip implements Iterable<GossipEntry> {
  readonly length: number;
  /** The book that has the numbers of `numberAt`. */
  readonly book: IdBook;
  /** Whether none of the nodes has PFAIL or FAIL. */
  readonly isCalm: boolean;
  /** The sender's table, and which of its entries are told. */
  readonly #nodes: readonly ClusterNode[];
  readonly #places: readonly number[];
  /** Of each node its number, and as many times `NUMBERS` as its PONG has seconds: one is less. */
  readonly #told: readonly number[];
  /** Null: no ping is pending, as is usual. */
  readonly #pingSentSecondsMs: readonly number[] | null;

  /** The entries at these places of a table, as they are now. */
  constructor({ nodes, vitals }: ClusterState, index: TableIndex, places: readonly number[]) {
    const count = places.length;
    const told = new Array<number>(count);
    let [seen, pending] = [0, 0];
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      const second = Math.floor(vitals.pongReceivedMs(place) / SECOND_MS);
      told[i] = second * NUMBERS + index.numbers[place]!;
      seen |= index.traits[place]!;
      pending += vitals.pingSentMs(place);
    }
    this.length = count;
    this.book = index.book;
    this.isCalm = (seen & TRAIT.FAILING) === 0;
    this.#nodes = nodes;
    this.#places = places;
    this.#told = told;
    this.#pingSentSecondsMs =
      pending === 0 ? null : places.map((place) => wholeSecondMs(vitals.pingSentMs(place)));
  }

  /** The number of its id, in `book`. */
  numberAt(i: number): number {
    return this.#told[i]! % NUMBERS;
  }

  pongReceivedSecondMsAt(i: number): number {
    return Math.floor(this.#told[i]! / NUMBERS) * SECOND_MS;
  }

  at(i: number): GossipEntry | undefined {
    const at = i < 0 ? this.length + i : i;
    const place = this.#places[at];
    if (place === undefined) return undefined;
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
