/**
 * Rows put away small. Of a row mostly its numbers change: they stand in one long list, the rest of
 * it is shared with the same row of an earlier time. Only what has changed since the last time is
 * written down, in a layer upon those before.
 */

/** How rows of a kind are put away. */
export interface Packing<T extends object> {
  /** Fields that change all the time. */
  readonly numbers: readonly (keyof T)[];
  /** All other fields. */
  readonly others: readonly (keyof T)[];
  /** Whether those are the same. */
  readonly isSame: (a: T, b: T) => boolean;
  readonly copy: (row: T) => T;
  /** The row with other numbers, from `at` on; the row itself if it has these. */
  readonly withNumbers: (row: T, values: Numbers, at: number) => T;
}

/** Null: a place that nobody has. */
export type Row<T> = T | null;
/** Of four bytes each if they fit. */
export type Numbers = Int32Array | Float64Array;
export type Places = Uint16Array | Uint32Array;

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
  /** What else has changed of a row: its place, which of the other fields, and to what. */
  readonly edits: Edits;
}

interface Edits {
  readonly places: Places;
  readonly fields: Uint8Array;
  readonly values: readonly unknown[];
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
const MOST_LAYERS = 128;
/** Above this share of changed numbers it is cheaper to write them all. */
const MOST_CHANGED = 0.5;
/** Of a row in which more other fields have changed all is written. */
const MOST_EDITS = 3;
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
  const { cells, numbers, places, edits } = changes;
  if (cells.length + places.length + edits.length === 0) return { packed, rows, shared };
  const count = rows.length * packing.numbers.length;
  if (packed.layers.length >= MOST_LAYERS || cells.length > count * MOST_CHANGED) {
    return packAll(rows, earlier, packing);
  }
  const layer = {
    cells: placesOf(cells, count),
    numbers: numbersOf(numbers),
    places: placesOf(places, rows.length),
    rows: places.map((place) => rows[place] ?? null),
    edits: {
      places: placesOf(
        edits.map(({ place }) => place),
        rows.length,
      ),
      fields: Uint8Array.from(edits, ({ field }) => field),
      values: edits.map(({ value }) => value),
    },
  };
  return {
    packed: { base: packed.base, layers: [...packed.layers, layer] },
    rows,
    shared: withRows(shared, layer, packing),
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
    return packing.isSame(row, known) ? known : row;
  });
  const numbers = rows.flatMap((row) =>
    packing.numbers.map((field) => (row === null ? 0 : (row[field] as number))),
  );
  const base = { rows: shared, numbers: numbersOf(numbers) };
  return { packed: { base, layers: [] }, rows, shared };
}

interface Edit {
  readonly place: number;
  readonly field: number;
  readonly value: unknown;
}

interface Changes {
  readonly cells: number[];
  readonly numbers: number[];
  readonly places: number[];
  readonly edits: Edit[];
}

/** Both lists are of one length. */
function changesOf<T extends object>(
  rows: readonly Row<T>[],
  before: readonly Row<T>[],
  packing: Packing<T>,
): Changes {
  const changes: Changes = { cells: [], numbers: [], places: [], edits: [] };
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? null;
    const old = before[place] ?? null;
    if (row === old) continue;
    if (row === null || old === null) changes.places.push(place);
    else if (!packing.isSame(row, old)) addEdits(changes, { row, old, place }, packing);
    if (row !== null) addNumbers(changes, { row, old, place }, packing);
  }
  return changes;
}

function addEdits<T extends object>(
  { places, edits }: Changes,
  { row, old, place }: { readonly row: T; readonly old: T; readonly place: number },
  { others }: Packing<T>,
): void {
  const found: Edit[] = [];
  for (const [field, name] of others.entries()) {
    if (row[name] !== old[name]) found.push({ place, field, value: row[name] });
  }
  if (found.length > MOST_EDITS) places.push(place);
  else edits.push(...found);
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
  shared: readonly Row<T>[],
  layer: Layer<T>,
  packing: Packing<T>,
): readonly Row<T>[] {
  if (layer.places.length + layer.edits.places.length === 0) return shared;
  const changed = [...shared];
  layRows(changed, layer, packing);
  return changed;
}

/** Writes what a layer says of rows, but for their numbers. */
function layRows<T extends object>(
  rows: Row<T>[],
  { places, rows: others, edits }: Layer<T>,
  packing: Packing<T>,
): void {
  for (let i = 0; i < places.length; i++) rows[places[i]!] = others[i] ?? null;
  let last = -1;
  for (let i = 0; i < edits.places.length; i++) {
    const place = edits.places[i]!;
    if (place !== last) rows[place] = packing.copy(rows[place]!);
    Object.assign(rows[place]!, { [packing.others[edits.fields[i]!]!]: edits.values[i] });
    last = place;
  }
}

/** Numbers up to `count`, as small as they get. */
export const placesOf = (places: readonly number[], count: number): Places =>
  count > TWO_BYTES ? Uint32Array.from(places) : Uint16Array.from(places);

/** Numbers, as small as they get. */
export const numbersOf = (values: ArrayLike<number>): Numbers =>
  areWhole(values) ? Int32Array.from(values) : Float64Array.from(values);

function areWhole(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== (values[i]! | 0)) return false;
  return true;
}

/**
 * All that layers say of rows, but for their numbers. From the last layer back: of what was written
 * over again and again only the last counts.
 */
function rowsOf<T extends object>(
  base: readonly Row<T>[],
  layers: readonly Layer<T>[],
  packing: Packing<T>,
): Row<T>[] {
  const rows = [...base];
  /** Of each row a bit for each field that is known, and one for all of it. */
  const known = new Uint32Array(rows.length);
  const whole = 1 << packing.others.length;
  const last: Edit[] = [];
  for (let k = layers.length - 1; k >= 0; k--) {
    const { places, rows: others, edits } = layers[k]!;
    for (let i = 0; i < edits.places.length; i++) {
      const [place, field] = [edits.places[i]!, edits.fields[i]!];
      if (known[place]! & (whole | (1 << field))) continue;
      known[place]! |= 1 << field;
      last.push({ place, field, value: edits.values[i] });
    }
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      if (!(known[place]! & whole)) rows[place] = others[i] ?? null;
      known[place]! |= whole;
    }
  }
  layEdits(rows, last, packing);
  return rows;
}

/** Writes to copies of rows. */
function layEdits<T extends object>(
  rows: Row<T>[],
  edits: readonly Edit[],
  { others, copy }: Packing<T>,
): void {
  const copied = new Set<number>();
  for (const { place, field, value } of edits) {
    if (!copied.has(place)) rows[place] = copy(rows[place]!);
    copied.add(place);
    rows[place]![others[field]!] = value as T[keyof T];
  }
}

/** Rows that were put away, one by one. */
export class RowReader<T extends object> {
  private readonly packing: Packing<T>;
  private readonly shared: Row<T>[];
  private readonly numbers: Numbers;

  constructor({ base, layers }: PackedRows<T>, packing: Packing<T>) {
    this.packing = packing;
    this.shared = rowsOf(base.rows, layers, packing);
    const isLong = [base, ...layers].some(({ numbers }) => numbers instanceof Float64Array);
    this.numbers = isLong ? Float64Array.from(base.numbers) : Int32Array.from(base.numbers);
    for (const { cells, numbers } of layers) {
      for (let i = 0; i < cells.length; i++) this.numbers[cells[i]!] = numbers[i]!;
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
