/**
 * Where a table has a node, and what its entries are like at a glance. All of it follows from the
 * entries, so it is no part of any state: it is worked out for a table when somebody asks, and for
 * the next table only where that has other entries.
 * Source: clusterLookupNode, src/cluster.c, which asks a hash table.
 */
import {
  hasNoAddress,
  hasSlots,
  hasTimedOut,
  isInHandshake,
  type ClusterNode,
} from './cluster-state';
import { FAIL, PFAIL } from './flags';
import type { NodeId } from './ids';

/** What a look at an entry tells, as bits. */
export const TRAIT = {
  /** It is the entry of the node itself. */
  MYSELF: 1,
  PFAIL: 2,
  /** PFAIL or FAIL. */
  FAILING: 4,
  /** Others have reported it. */
  REPORTED: 8,
  /** Nobody gossips about it: no address, a handshake, or neither link nor slots. */
  NO_GOSSIP: 16,
  NO_ADDRESS: 32,
  /** Every tick looks after it: no link, failing, or in handshake. */
  RESTLESS: 64,
} as const;

const NOT_PLAIN = TRAIT.MYSELF | TRAIT.PFAIL | TRAIT.FAILING | TRAIT.NO_GOSSIP;

/** The traits of one entry in the table of `owner`. */
export function traitsOf(node: ClusterNode, owner: NodeId): number {
  const isNew = isInHandshake(node);
  const failing = node.flags & (FAIL | PFAIL);
  const isLinked = node.link !== null;
  return (
    (node.id === owner ? TRAIT.MYSELF : 0) |
    (hasTimedOut(node) ? TRAIT.PFAIL : 0) |
    (failing ? TRAIT.FAILING : 0) |
    (node.failReports.length > 0 ? TRAIT.REPORTED : 0) |
    (isNew || hasNoAddress(node) || !(isLinked || hasSlots(node)) ? TRAIT.NO_GOSSIP : 0) |
    (hasNoAddress(node) ? TRAIT.NO_ADDRESS : 0) |
    (!isLinked || failing || isNew ? TRAIT.RESTLESS : 0)
  );
}

/** More ids than any cluster has: time to forget those of clusters nobody looks at any more. */
const MANY_IDS = 4_096;

/** Numbers for ids. Made anew when there are too many: numbers of different books mean nothing. */
export class IdBook {
  private readonly numbers = new Map<NodeId, number>();
  private readonly ids: NodeId[] = [];

  get size(): number {
    return this.ids.length;
  }

  /** From 1 on; undefined: not known. */
  numberOf(id: NodeId): number | undefined {
    return this.numbers.get(id);
  }

  idOf(number: number): NodeId {
    return this.ids[number - 1]!;
  }

  /** The number of an id that has none yet. */
  add(id: NodeId): number {
    this.ids.push(id);
    this.numbers.set(id, this.size);
    return this.size;
  }
}

const NONE_WELL: Readonly<Uint16Array> = new Uint16Array(0);

let book = new IdBook();
const indexes = new Map<NodeId, TableIndex>();

/** What was worked out about the table of one node. */
export class TableIndex {
  readonly owner: NodeId;
  readonly book: IdBook;
  /** The number of each entry's id; 0 for a handshake, whose name is soon another. */
  numbers: Uint16Array = new Uint16Array(16);
  /** The number of the node whose tables these are; 0: none is known. */
  ownNumber = 0;
  /** The traits of each entry. */
  traits: Uint8Array = new Uint8Array(16);
  /** The same number, if there is nothing special about the entry and anybody is told of it. */
  plain: Uint16Array = new Uint16Array(16);
  /** By the number of an id: its place and one more; 0: not known. It may be out of date. */
  private places: Uint16Array = new Uint16Array(16);
  /** The same of those who are well: neither failing nor reported. It is never out of date. */
  private well: Uint16Array = new Uint16Array(16);
  private nodes: readonly ClusterNode[] = [];

  constructor(owner: NodeId, ids: IdBook) {
    this.owner = owner;
    this.book = ids;
  }

  /** The same for this table, which nobody may write to any more. */
  of(nodes: readonly ClusterNode[]): this {
    if (nodes === this.nodes) return this;
    if (nodes.length > this.numbers.length) this.makeRoom(nodes.length);
    for (let place = 0; place < nodes.length; place++) {
      const node = nodes[place]!;
      if (node !== this.nodes[place]) this.look(node, place);
    }
    for (let gone = nodes.length; gone < this.nodes.length; gone++) this.leave(gone);
    this.nodes = nodes;
    return this;
  }

  /**
   * By the number of an id in a book: the place of the node and one more, if it is well here. For
   * the table of `of` only, and until it is asked for another.
   */
  wellPlaces(book: IdBook): Readonly<Uint16Array> {
    return book === this.book ? this.well : NONE_WELL;
  }

  /** Where the node with a number in a book stood last, or -1; it may be out of date. */
  guessOf(book: IdBook, number: number): number {
    return book === this.book ? (this.places[number] ?? 0) - 1 : -1;
  }

  /** The place of `id` in a table, or -1. */
  placeIn(nodes: readonly ClusterNode[], id: NodeId): number {
    const number = this.book.numberOf(id);
    const guess = number === undefined ? 0 : (this.places[number] ?? 0);
    if (guess > 0 && nodes[guess - 1]?.id === id) return guess - 1;
    return searchFor(nodes, id);
  }

  private look(node: ClusterNode, place: number): void {
    const traits = traitsOf(node, this.owner);
    const number = isInHandshake(node) ? 0 : this.numberOf(node, place);
    this.leave(place);
    this.traits[place] = traits;
    this.numbers[place] = number;
    this.plain[place] = traits & NOT_PLAIN ? 0 : number;
    if (number === 0) return;
    if (traits & TRAIT.MYSELF) this.ownNumber = number;
    if (number >= this.places.length) {
      this.places = longer(this.places, number + 1);
      this.well = longer(this.well, number + 1);
    }
    this.places[number] = place + 1;
    this.well[number] = traits & (TRAIT.FAILING | TRAIT.REPORTED) ? 0 : place + 1;
  }

  /** Whoever stood there does so no more; it may have another place already. */
  private leave(place: number): void {
    const number = this.numbers[place]!;
    if (this.well[number] === place + 1) this.well[number] = 0;
  }

  private numberOf({ id }: ClusterNode, place: number): number {
    const before = this.nodes[place];
    // Most often it is the same node, changed or read again.
    if (before?.id === id && this.numbers[place] !== 0) return this.numbers[place]!;
    return this.book.numberOf(id) ?? this.book.add(id);
  }

  private makeRoom(count: number): void {
    this.numbers = longer(this.numbers, count);
    this.plain = longer(this.plain, count);
    const traits = new Uint8Array(this.numbers.length);
    traits.set(this.traits);
    this.traits = traits;
  }
}

/** What was worked out about the tables of `owner`. */
export function indexOf(owner: NodeId): TableIndex {
  const known = indexes.get(owner);
  if (known) return known;
  if (book.size >= MANY_IDS || indexes.size >= MANY_IDS) {
    book = new IdBook();
    indexes.clear();
  }
  const index = new TableIndex(owner, book);
  indexes.set(owner, index);
  return index;
}

/** By itself: a function that is made at each call costs more than most of them need. */
const searchFor = (nodes: readonly ClusterNode[], id: NodeId): number =>
  nodes.findIndex((node) => node.id === id);

function longer(numbers: Uint16Array, count: number): Uint16Array {
  const copy = new Uint16Array(Math.max(count, numbers.length * 2));
  copy.set(numbers);
  return copy;
}
