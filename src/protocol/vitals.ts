/**
 * The signs of life of each node of a table: when it was pinged, when it answered, when anything
 * came from it, and how far its data goes. Every message changes some of them, and hardly ever
 * anything else; so they stand apart from the entries, in columns by place. To learn of a newer
 * PONG costs one number then, and no copy of an entry; what looks through all nodes looks through a
 * row of numbers.
 *
 * A value all the same: what was read from it once is read from it for ever. The columns belong to
 * the newest version; writing to them notes what stood there in a ledger, and whoever holds an
 * older version reads from a copy in which that is taken back. Nobody does while a run goes on.
 * Source: ping_sent, pong_received, data_received and repl_offset of clusterNode, src/cluster.h.
 */

import { Ledger, inFewBytes, type Columns } from './ledger';

/** Of one node. 0: never, or no ping is pending. */
export interface VitalSigns {
  readonly pingSentMs: number;
  readonly pongReceivedMs: number;
  readonly dataReceivedMs: number;
  readonly offsetBytes: number;
}

export const NO_SIGNS: VitalSigns = {
  pingSentMs: 0,
  pongReceivedMs: 0,
  dataReceivedMs: 0,
  offsetBytes: 0,
};

const COLUMNS = 4;

export class Vitals implements Iterable<VitalSigns> {
  readonly length: number;
  #ledger: Ledger;
  /** How often the ledger had been written to when this version was made. */
  #end: number;

  private constructor(ledger: Ledger, length: number) {
    this.length = length;
    this.#ledger = ledger;
    this.#end = ledger.end;
  }

  static of(nodes: readonly VitalSigns[]): Vitals {
    const count = nodes.length;
    const columns = new Float64Array(count * COLUMNS);
    for (let place = 0; place < count; place++) {
      const { pingSentMs, pongReceivedMs, dataReceivedMs, offsetBytes } = nodes[place]!;
      columns[place] = pingSentMs;
      columns[count + place] = pongReceivedMs;
      columns[2 * count + place] = dataReceivedMs;
      columns[3 * count + place] = offsetBytes;
    }
    return Vitals.fromColumns(columns);
  }

  /** Pings of all nodes, then PONGs, data, offsets. The array belongs to this value from now on. */
  static fromColumns(columns: Columns): Vitals {
    const length = columns.length / COLUMNS;
    return new Vitals(new Ledger(inFewBytes(columns), length), length);
  }

  /** The same, to be read only. */
  get columns(): Readonly<Columns> {
    if (this.#ledger.end !== this.#end) this.#standAlone();
    return this.#ledger.values;
  }

  /** Of each node a bit: whether a ping to it is pending. */
  get pendingPings(): Readonly<Int32Array> {
    if (this.#ledger.end !== this.#end) this.#standAlone();
    return this.#ledger.bits;
  }

  /** Most often it is not: a look at the bits is a look at one place for many nodes. */
  isPinged(place: number): boolean {
    return (this.pendingPings[place >> 5]! & (1 << (place & 31))) !== 0;
  }

  pingSentMs(place: number): number {
    return this.columns[place]!;
  }

  pongReceivedMs(place: number): number {
    return this.columns[this.length + place]!;
  }

  dataReceivedMs(place: number): number {
    return this.columns[2 * this.length + place]!;
  }

  at(place: number): VitalSigns {
    const { columns, length } = this;
    return {
      pingSentMs: columns[place]!,
      pongReceivedMs: columns[length + place]!,
      dataReceivedMs: columns[2 * length + place]!,
      offsetBytes: columns[3 * length + place]!,
    };
  }

  *[Symbol.iterator](): Generator<VitalSigns> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }

  toJSON(): VitalSigns[] {
    return [...this];
  }

  /** The same, to be written to; this one stays as it is. */
  draft(): Vitals {
    if (this.#ledger.end !== this.#end) this.#standAlone();
    return new Vitals(this.#ledger, this.length);
  }

  /** The same, with columns of its own: what comes of it is no matter to this one. */
  apart(): Vitals {
    return Vitals.fromColumns(this.columns.slice());
  }

  /** Whether so much is kept for versions from before this one that it should be forgotten. */
  get hasLongPast(): boolean {
    return this.#ledger.isLong;
  }

  /** Nobody will read any version from before this one any more, but for `kept`. */
  forgetBefore(kept: Vitals): void {
    if (this.#ledger.end !== this.#end) return;
    if (kept !== this && kept.#ledger.leadsTo(this.#ledger)) kept.#standAlone();
    this.#ledger.forget();
  }

  /** For a draft: other signs of one node. */
  write(place: number, signs: Partial<VitalSigns>): void {
    const { pingSentMs, pongReceivedMs, dataReceivedMs, offsetBytes } = signs;
    const count = this.length;
    if (pingSentMs !== undefined) this.#write(place, pingSentMs);
    if (pongReceivedMs !== undefined) this.#write(count + place, pongReceivedMs);
    if (dataReceivedMs !== undefined) this.#write(2 * count + place, dataReceivedMs);
    if (offsetBytes !== undefined) this.#write(3 * count + place, offsetBytes);
  }

  /** For a draft. */
  writeData(place: number, dataReceivedMs: number): void {
    this.#write(2 * this.length + place, dataReceivedMs);
  }

  /** For a draft. */
  writeOffset(place: number, offsetBytes: number): void {
    this.#write(3 * this.length + place, offsetBytes);
  }

  /** For a draft. */
  writePong(place: number, pongReceivedMs: number): void {
    this.#write(this.length + place, pongReceivedMs);
  }

  /** With one node more, at the end. */
  with(node: VitalSigns): Vitals {
    return Vitals.of([...this, node]);
  }

  /** Without the node at a place. */
  without(place: number): Vitals {
    return Vitals.of([...this].toSpliced(place, 1));
  }

  #write(cell: number, value: number): void {
    if (this.columns[cell] === value) return;
    if (!this.#ledger.takes(value)) this.#widen();
    if (this.#ledger.isFull) this.#ledger = this.#ledger.handOn();
    this.#ledger.write(cell, value);
    this.#end = this.#ledger.end;
  }

  /** Columns of its own, as they were when this version was made. */
  #standAlone(): void {
    this.#ledger = new Ledger(this.#ledger.valuesAt(this.#end), this.length);
    this.#end = 0;
  }

  #widen(): void {
    this.#ledger = new Ledger(Float64Array.from(this.columns), this.length);
    this.#end = 0;
  }
}
