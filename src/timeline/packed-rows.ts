/**
 * Rows put away small. Of a row mostly its numbers change: they stand in one long list, the rest of
 * it is shared with the same row of an earlier time. Only what has changed since the last time is
 * written down, in a layer upon those before.
 */

/** How rows of a kind are put away. */
export interface Packing<T extends object> {
  /** Fields that change all the time. */
  readonly numbers: readonly (keyof T)[];
  /** Whether all but the numbers is the same. */
  readonly isSame: (a: T, b: T) => boolean;
  /** The row with other numbers, from `at` on; the row itself if it has these. */
  readonly withNumbers: (row: T, values: Numbers, at: number) => T;
  /** Rows that rarely change at all: one that stays is kept as it is. */
  readonly keepsStill: boolean;
}

/** Null: a place that nobody has. */
export type Row<T> = T | null;
/** Of four bytes each if they fit. */
export type Numbers = Int32Array | Float64Array;
type Places = Uint16Array | Uint32Array;

/** All rows. */
interface Base<T extends object> {
  readonly rows: readonly Row<T>[];
  /** Those of the first row, then those of the second, and so on. */
  readonly numbers: Numbers;
}

/** What has changed. */
interface Layer<T extends object> {
  /** Where in the list of all numbers. */
  readonly cells: Places;
  readonly numbers: Numbers;
  /** Rows that are others altogether. */
  readonly places: Places;
  readonly rows: readonly Row<T>[];
}

export interface PackedRows<T extends object> {
  readonly base: Base<T>;
  readonly layers: readonly Layer<T>[];
}

/** Rows that were put away: as they were, and what stands for each but its numbers. */
export interface EarlierRows<T extends object> {
  readonly packed: PackedRows<T>;
  readonly rows: readonly Row<T>[];
  readonly shared: readonly Row<T>[];
}

/** After so many layers all rows are written down again. */
const MOST_LAYERS = 64;
/** Above this share of changed numbers it is cheaper to write them all. */
const MOST_CHANGED = 0.5;
const TWO_BYTES = 0xffff;

/** Puts rows away, sharing with those put away earlier. */
export function packRows<T extends object>(
  rows: readonly Row<T>[],
  earlier: EarlierRows<T> | null,
  packing: Packing<T>,
): EarlierRows<T> {
  if (earlier?.rows.length !== rows.length) return packAll(rows, earlier, packing);
  const { packed, shared } = earlier;
  const changes = changesOf(rows, earlier.rows, packing);
  const { cells, numbers, places } = changes;
  if (cells.length + places.length === 0) return { packed, rows, shared };
  const count = rows.length * packing.numbers.length;
  if (packed.layers.length >= MOST_LAYERS || cells.length > count * MOST_CHANGED) {
    return packAll(rows, earlier, packing);
  }
  const others = places.map((place) => rows[place] ?? null);
  const layer = {
    cells: placesOf(cells, count),
    numbers: numbersOf(numbers),
    places: placesOf(places, count),
    rows: others,
  };
  return {
    packed: { base: packed.base, layers: [...packed.layers, layer] },
    rows,
    shared: places.length === 0 ? shared : withRows(shared, places, others),
  };
}

function packAll<T extends object>(
  rows: readonly Row<T>[],
  earlier: EarlierRows<T> | null,
  packing: Packing<T>,
): EarlierRows<T> {
  const shared = rows.map((row, place) => {
    const known = earlier?.shared[place] ?? null;
    if (row === null || known === null) return row;
    if (packing.keepsStill && earlier?.rows[place] === row) return row;
    return packing.isSame(row, known) ? known : row;
  });
  const numbers = rows.flatMap((row) =>
    packing.numbers.map((field) => (row === null ? 0 : (row[field] as number))),
  );
  const base = { rows: shared, numbers: numbersOf(numbers) };
  return { packed: { base, layers: [] }, rows, shared };
}

interface Changes {
  readonly cells: number[];
  readonly numbers: number[];
  readonly places: number[];
}

/** Both lists are of one length. */
function changesOf<T extends object>(
  rows: readonly Row<T>[],
  before: readonly Row<T>[],
  packing: Packing<T>,
): Changes {
  const changes: Changes = { cells: [], numbers: [], places: [] };
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? null;
    const old = before[place] ?? null;
    if (row === old) continue;
    if (row === null || old === null || !packing.isSame(row, old)) changes.places.push(place);
    if (row !== null) addNumbers(changes, { row, old, place }, packing);
  }
  return changes;
}

function addNumbers<T extends object>(
  { cells, numbers }: Changes,
  { row, old, place }: { readonly row: T; readonly old: Row<T>; readonly place: number },
  { numbers: fields }: Packing<T>,
): void {
  for (let k = 0; k < fields.length; k++) {
    const value = row[fields[k]!] as number;
    if (old !== null && value === old[fields[k]!]) continue;
    cells.push(place * fields.length + k);
    numbers.push(value);
  }
}

function withRows<T extends object>(
  rows: readonly Row<T>[],
  places: readonly number[],
  others: readonly Row<T>[],
): readonly Row<T>[] {
  const changed = [...rows];
  places.forEach((place, i) => (changed[place] = others[i] ?? null));
  return changed;
}

const placesOf = (places: readonly number[], count: number): Places =>
  count > TWO_BYTES ? Uint32Array.from(places) : Uint16Array.from(places);

const numbersOf = (values: readonly number[]): Numbers =>
  values.every((value) => value === (value | 0))
    ? Int32Array.from(values)
    : Float64Array.from(values);

/** Rows that were put away, one by one. */
export class RowReader<T extends object> {
  private readonly packing: Packing<T>;
  private readonly shared: Row<T>[];
  private readonly numbers: Numbers;

  constructor({ base, layers }: PackedRows<T>, packing: Packing<T>) {
    this.packing = packing;
    this.shared = [...base.rows];
    const isLong = [base, ...layers].some(({ numbers }) => numbers instanceof Float64Array);
    this.numbers = isLong ? Float64Array.from(base.numbers) : Int32Array.from(base.numbers);
    for (const { cells, numbers, places, rows } of layers) {
      for (let i = 0; i < cells.length; i++) this.numbers[cells[i]!] = numbers[i]!;
      for (let i = 0; i < places.length; i++) this.shared[places[i]!] = rows[i] ?? null;
    }
  }

  get length(): number {
    return this.shared.length;
  }

  /** The row, or one equal to it. */
  at(place: number): Row<T> {
    const row = this.shared[place] ?? null;
    if (row === null) return null;
    return this.packing.withNumbers(row, this.numbers, place * this.packing.numbers.length);
  }
}

/** All rows that were put away, or rows equal to them. */
export function unpackRows<T extends object>(packed: PackedRows<T>, packing: Packing<T>): Row<T>[] {
  const reader = new RowReader(packed, packing);
  return Array.from({ length: reader.length }, (_, place) => reader.at(place));
}
