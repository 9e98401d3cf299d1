/**
 * Rows put away small: only what has changed since the last time is written down. To read how they
 * stood, one begins where all was put down, and takes every change after it.
 */
import { inFewBytes, type Columns } from '../protocol/ledger';
import { ByteLog, LogReader, fits } from './byte-log';
import { Chapters, type Chapter } from './chapters';
import type { Packing, Row } from './packings';
import { countOf, moveNumbers, moveRows, orderOf, type Run } from './row-order';

/** Rows, and numbers that change all the time. */
export interface Page<T> {
  readonly rows: readonly Row<T>[];
  readonly numbers: Float64Array;
}

/** All put down. */
interface Whole<T> extends Chapter {
  /** Where in the list of other values. */
  readonly fromValue: number;
  readonly rows: readonly Row<T>[];
  readonly numbers: Columns;
  readonly nowMs: number;
}

/** After so much work to read them, all is put down again. */
const MOST_CHANGES = 2_000;
/** A row is more work than a number. */
const ROW_COST = 8;
/** Of a row in which more fields have changed all is written. */
const MOST_EDITS = 3;
/** The end of a list; what is in it is above. */
const END = 0;
const FIELDS = 32;
/** Instead of a field: all of them. */
const ALL = FIELDS - 1;

export class RowDiary<T extends { readonly id: string }> {
  private readonly packing: Packing<T>;
  private readonly log = new ByteLog();
  private readonly values: unknown[] = [];
  private readonly chapters = new Chapters<Whole<T>>();
  /** As they were when they were last put away. */
  private rows: readonly Row<T>[] = [];
  private numbers: Float64Array = new Float64Array();
  private nowMs = 0;
  private changes = 0;

  constructor(packing: Packing<T>) {
    this.packing = packing;
  }

  /** Where rows stand from now on. */
  write(rows: readonly Row<T>[], numbers: Readonly<Columns>, nowMs: number): number {
    if (!this.chapters.last || this.changes > MOST_CHANGES) this.begin(rows, numbers, nowMs);
    else this.goOn(rows, numbers, nowMs);
    this.rows = rows;
    this.nowMs = nowMs;
    return this.log.length;
  }

  private begin(rows: readonly Row<T>[], numbers: Readonly<Columns>, nowMs: number): void {
    const { last } = this.chapters;
    // So that no place before it lies in it.
    this.log.natural(END);
    this.chapters.add({
      from: this.log.length,
      fromValue: this.values.length,
      rows: packed(rows.map((row, place) => this.shared(row, last?.rows[place] ?? null))),
      numbers: inFewBytes(numbers.slice()),
      nowMs,
    });
    this.numbers = Float64Array.from(numbers);
    this.changes = 0;
  }

  private shared(row: Row<T>, known: Row<T>): Row<T> {
    return row && known && this.packing.isSame(row, known) ? known : row;
  }

  private goOn(rows: readonly Row<T>[], numbers: Readonly<Columns>, nowMs: number): void {
    this.log.whole(nowMs - this.nowMs);
    const { columns } = this.packing;
    const order = columns > 0 && rows !== this.rows ? orderOf(rows, this.rows) : null;
    this.writeOrder(order);
    if (order) this.move(order);
    if (rows === this.rows) this.log.natural(END);
    else this.writeRows(rows, this.rows);
    this.writeNumbers(numbers, nowMs);
  }

  private move(order: readonly Run[]): void {
    const { columns } = this.packing;
    const rows: Row<T>[] = [];
    moveRows(this.rows, order, rows);
    const numbers = new Float64Array(columns * rows.length);
    moveNumbers(this.numbers, { columns, before: this.rows.length }, order, numbers);
    this.rows = rows;
    this.numbers = numbers;
  }

  private writeOrder(order: readonly Run[] | null): void {
    for (const { from, count } of order ?? []) {
      this.log.natural(count);
      this.log.natural(from + 1);
      this.changes++;
    }
    this.log.natural(END);
  }

  private writeRows(rows: readonly Row<T>[], before: readonly Row<T>[]): void {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place] ?? null;
      const old = before[place] ?? null;
      if (row !== old) this.writeRow(place, row, old);
    }
    this.log.natural(END);
  }

  private writeRow(place: number, row: Row<T>, old: Row<T>): void {
    if (row === null || old === null) return this.edit(place, ALL, row);
    if (this.packing.isSame(row, old)) return;
    const { others } = this.packing;
    const fields = others.flatMap((name, field) => (row[name] === old[name] ? [] : [field]));
    if (fields.length > MOST_EDITS) return this.edit(place, ALL, row);
    for (const field of fields) this.edit(place, field, row[others[field]!]);
  }

  private edit(place: number, field: number, value: unknown): void {
    const isNumber = typeof value === 'number' && fits(value);
    this.log.natural(1 + 2 * (place * FIELDS + field) + (isNumber ? 1 : 0));
    if (isNumber) this.log.whole(value);
    else this.values.push(value);
    this.changes += ROW_COST;
  }

  /** Mostly times a little before now. */
  private writeNumbers(numbers: Readonly<Columns>, nowMs: number): void {
    const { log, numbers: before } = this;
    let last = -1;
    for (let cell = 0; cell < numbers.length; cell++) {
      const value = numbers[cell]!;
      if (value === before[cell]) continue;
      before[cell] = value;
      const isWhole = fits(value);
      log.natural(2 * (cell - last) + (isWhole ? 0 : 1));
      if (!isWhole) this.values.push(value);
      else if (value === 0) log.natural(0);
      else writeTime(log, nowMs - value);
      last = cell;
      this.changes++;
    }
    log.natural(END);
  }

  /** Rows as they stood at a place. */
  read(place: number): Page<T> {
    const chapter = this.chapters.at(place);
    const reading = new Reading(chapter, this.values, this.packing);
    const reader = new LogReader(this.log, chapter.from);
    while (reader.at < place) reading.read(reader);
    return reading.page();
  }
}

const writeTime = (log: ByteLog, beforeMs: number): void =>
  log.natural(beforeMs >= 0 ? 2 * beforeMs + 1 : -2 * beforeMs);

/**
 * The same list. One made by `map` may have room for gaps, as an engine sees it, which no list of
 * the rules has: a rule that met both would be compiled again.
 */
function packed<T>(list: readonly T[]): T[] {
  // One by one: a copy in one go may have room for gaps again.
  const copy: T[] = [];
  for (const one of list) copy.push(one);
  return copy;
}

/** Numbers as far as they are read, and room to move them to: one reads at a time, to the end. */
let numbersNow = new Float64Array(1_024);
let numbersThen = new Float64Array(1_024);

/** Rows on the way from where all was put down. */
class Reading<T extends { readonly id: string }> {
  private rows: Row<T>[];
  private otherRows: Row<T>[] = [];
  private cells: number;
  private nowMs: number;
  private value: number;
  private readonly values: readonly unknown[];
  private readonly packing: Packing<T>;
  /** Rows that nobody else has. */
  private readonly own = new Set<T>();

  constructor(chapter: Whole<T>, values: readonly unknown[], packing: Packing<T>) {
    this.rows = chapter.rows.slice();
    this.cells = chapter.numbers.length;
    makeRoom(this.cells);
    numbersNow.set(chapter.numbers);
    this.nowMs = chapter.nowMs;
    this.value = chapter.fromValue;
    this.values = values;
    this.packing = packing;
  }

  page(): Page<T> {
    return { rows: this.rows, numbers: numbersNow.slice(0, this.cells) };
  }

  read(reader: LogReader): void {
    this.nowMs += reader.whole();
    this.readOrder(reader);
    this.readRows(reader);
    this.readNumbers(reader);
  }

  private readOrder(reader: LogReader): void {
    let count = reader.natural();
    if (count === END) return;
    const order: Run[] = [];
    for (; count !== END; count = reader.natural()) {
      order.push({ count, from: reader.natural() - 1 });
    }
    this.move(order);
  }

  private move(order: readonly Run[]): void {
    const { columns } = this.packing;
    const { rows, otherRows } = this;
    moveRows(rows, order, otherRows);
    makeRoom(columns * countOf(order));
    moveNumbers(numbersNow, { columns, before: rows.length }, order, numbersThen);
    this.cells = columns * otherRows.length;
    [this.rows, this.otherRows] = [otherRows, rows];
    [numbersNow, numbersThen] = [numbersThen, numbersNow];
  }

  private readRows(reader: LogReader): void {
    for (let code = reader.natural(); code !== END; code = reader.natural()) {
      const isNumber = code % 2 === 0;
      const where = (code - (isNumber ? 2 : 1)) / 2;
      const value = isNumber ? reader.whole() : this.values[this.value++];
      const place = Math.floor(where / FIELDS);
      const field = where % FIELDS;
      if (field === ALL) this.rows[place] = value as Row<T>;
      else this.ownRow(place)[this.packing.others[field]!] = value as T[keyof T];
    }
  }

  private ownRow(place: number): T {
    const row = this.rows[place]!;
    if (this.own.has(row)) return row;
    const copy = this.packing.copy(row);
    this.own.add(copy);
    this.rows[place] = copy;
    return copy;
  }

  private readNumbers(reader: LogReader): void {
    let cell = -1;
    for (let code = reader.natural(); code !== END; code = reader.natural()) {
      cell += code >> 1;
      const isWhole = (code & 1) === 0;
      numbersNow[cell] = isWhole ? this.time(reader) : (this.values[this.value++] as number);
    }
  }

  private time(reader: LogReader): number {
    const code = reader.natural();
    if (code === 0) return 0;
    return this.nowMs - (code % 2 === 1 ? (code - 1) / 2 : -code / 2);
  }
}

function makeRoom(cells: number): void {
  if (cells <= numbersNow.length) return;
  const wider = new Float64Array(2 * cells);
  wider.set(numbersNow);
  numbersNow = wider;
  numbersThen = new Float64Array(2 * cells);
}
