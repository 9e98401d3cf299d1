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
import { NOTHING } from '../short-lists';
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
export const SECOND_MS = 1_000;
const wholeSecondMs = (atMs: number): number => Math.floor(atMs / SECOND_MS) * SECOND_MS;

/**
 * An entry is one number: when it was heard, in seconds, and below that whose it is. A list of such
 * numbers costs least to make, to keep and to clear away: in a large cluster hundreds of thousands
 * of messages are on their way at once.
 */
const BELOW = 1 << 16;

/** Of an entry of `ToldGossip.cells`: when it was heard, in seconds. */
export const pongSecondOf = (cell: number): number => Math.floor(cell / BELOW);

/** Of an entry of `ToldGossip.cells` that was heard then: the number of its id. */
export const numberIn = (cell: number, pongSecond: number): number => cell - pongSecond * BELOW;

/** Used again and again; a list with room for fractions, as an engine sees it, from the start. */
const written: number[] = [0.5];
const pinged: number[] = [];

export class ToldGossip implements Iterable<GossipEntry> {
  readonly length: number;
  /** The book that has the numbers of its ids. */
  readonly book: IdBook;
  /** The number of whoever tells. */
  readonly teller: number;
  /** Whether none of the nodes has PFAIL or FAIL. */
  readonly isCalm: boolean;
  /** Of each entry: when it was heard and the number of its id in `book`. */
  readonly cells: readonly number[];
  /** The sender's table, and where it has whom. */
  readonly #nodes: readonly ClusterNode[];
  readonly #index: TableIndex;
  /** Entries to which a ping was pending, and since which second, in turn. */
  readonly #pings: readonly number[];

  /** The first `count` of these entries of a table, as they are now. */
  constructor(
    { nodes, vitals }: ClusterState,
    index: TableIndex,
    { chosen, count }: { readonly chosen: readonly number[]; readonly count: number },
  ) {
    const { columns, pendingPings, length } = vitals;
    const { traits, numbers, plain } = index;
    let pings = 0;
    let seen = 0;
    for (let i = 0; i < count; i++) {
      const place = chosen[i]!;
      const pongSecond = Math.floor(columns[length + place]! / SECOND_MS);
      let number = plain[place]!;
      if (number === 0) {
        number = numbers[place]!;
        seen |= traits[place]!;
      }
      written[i] = pongSecond * BELOW + number;
      if (pendingPings[place >> 5]! & (1 << (place & 31))) {
        pinged[pings++] = i;
        pinged[pings++] = Math.floor(columns[place]! / SECOND_MS);
      }
    }
    this.length = count;
    this.book = index.book;
    this.teller = index.ownNumber;
    this.isCalm = (seen & TRAIT.FAILING) === 0;
    this.cells = written.slice(0, count);
    this.#nodes = nodes;
    this.#index = index;
    this.#pings = pings === 0 ? NOTHING : pinged.slice(0, pings);
  }

  at(i: number): GossipEntry | undefined {
    const at = i < 0 ? this.length + i : i;
    if (at < 0 || at >= this.length) return undefined;
    const cell = this.cells[at]!;
    const pongSecond = pongSecondOf(cell);
    const id = this.book.idOf(numberIn(cell, pongSecond));
    const ping = this.#pings.findIndex((entry, place) => place % 2 === 0 && entry === at);
    return gossipEntry(this.#nodes[this.#index.placeIn(this.#nodes, id)]!, {
      pingSentMs: ping === -1 ? 0 : this.#pings[ping + 1]! * SECOND_MS,
      pongReceivedMs: pongSecond * SECOND_MS,
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
