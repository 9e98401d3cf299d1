/**
 * Columns of whole numbers and what was written over in them: what `Vitals` are made of.
 * Source: none.
 */

/** In four bytes each as long as all of them fit: a table nobody has read for long is far away. */
export type Columns = Int32Array | Float64Array;

/** The same in as few bytes as they fit in; the list may be the one that was given. */
export function inFewBytes(values: Columns): Columns {
  if (values instanceof Int32Array) return values;
  for (const value of values) if (!fits(value)) return values;
  return Int32Array.from(values);
}

const fits = (value: number): boolean => (value | 0) === value;

const LEAST_ROOM = 128;
/** So little need not be forgotten: to look who still reads it would cost more. */
const FEW_WRITES = 48;
const NOTHING = new Int32Array();

/** So many ledgers follow each other before the columns are copied. */
const LONG_CHAIN = 8;
/** The end of a ledger whose columns another one has. */
const HANDED_ON = -1;

/** The columns one after the other, and what was written over since they were its own. */
export class Ledger {
  readonly values: Columns;
  /** Of each cell of the first column a bit: whether it is not 0. */
  readonly bits: Int32Array;
  /** How often it was written to, or that it has handed its columns on. */
  end = 0;
  private readonly rows: number;
  /** Cells and what stood there, in turn; nothing as long as nobody has written. */
  private before: Columns = NOTHING;
  private filled = 0;
  /** So many times it was written to before all that `before` tells. */
  private forgotten = 0;
  private readonly room: number;
  private readonly age: number;
  private next: Ledger | null = null;

  /** `rows`: cells of a column. */
  constructor(values: Columns, rows: number, bits = bitsOf(values, rows), age = 0) {
    this.values = values;
    this.rows = rows;
    this.bits = bits;
    this.age = age;
    this.room = 2 * Math.max(LEAST_ROOM, rows);
  }

  get isFull(): boolean {
    return this.filled === this.room;
  }

  /** Whether a cell can hold this value as it is. */
  takes(value: number): boolean {
    return fits(value) || this.values instanceof Float64Array;
  }

  write(cell: number, value: number): void {
    if (this.before === NOTHING) this.before = roomLike(this.values, this.room);
    this.before[this.filled++] = cell;
    this.before[this.filled++] = this.values[cell]!;
    this.end++;
    this.values[cell] = value;
    if (cell < this.rows) setBit(this.bits, cell, value !== 0);
  }

  /** An empty one, with the same columns. */
  handOn(): Ledger {
    // So that nobody who holds on to an old version holds much more than the columns.
    if (this.age === LONG_CHAIN) return new Ledger(this.values.slice(), this.rows);
    this.next = new Ledger(this.values, this.rows, this.bits, this.age + 1);
    this.end = HANDED_ON;
    return this.next;
  }

  get isLong(): boolean {
    return this.filled > 2 * FEW_WRITES;
  }

  /** Nobody will read the columns as they were before. */
  forget(): void {
    this.forgotten += this.filled / 2;
    this.filled = 0;
  }

  /** Whether what it had is read from what that one has. */
  leadsTo(later: Ledger): boolean {
    return this === later || (this.next !== null && this.next.leadsTo(later));
  }

  /** The columns as they were when it had been written to `end` times. */
  valuesAt(end: number): Columns {
    const from = 2 * (end - this.forgotten);
    if (from < 0) throw new Error('this version was let go');
    const values = this.next ? this.next.valuesAt(0) : this.values.slice();
    for (let i = this.filled - 2; i >= from; i -= 2) values[this.before[i]!] = this.before[i + 1]!;
    return values;
  }
}

const roomLike = (values: Columns, room: number): Columns =>
  values instanceof Int32Array ? new Int32Array(room) : new Float64Array(room);

function bitsOf(values: Columns, rows: number): Int32Array {
  const bits = new Int32Array(Math.ceil(rows / 32));
  for (let row = 0; row < rows; row++) if (values[row] !== 0) setBit(bits, row, true);
  return bits;
}

function setBit(bits: Int32Array, row: number, isSet: boolean): void {
  const [word, bit] = [row >> 5, 1 << (row & 31)];
  bits[word] = isSet ? bits[word]! | bit : bits[word]! & ~bit;
}
