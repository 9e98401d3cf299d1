/**
 * Rows put away small. A row keeps what it shares with the same row of an earlier time, and its own
 * times as two bytes each; one that does not fit is kept whole. Only rows that have changed since
 * the last time are written down, in a layer upon those before.
 */

/** How rows of a kind are put away. */
export interface Packing<T> {
  readonly times: readonly (keyof T)[];
  /** A number that only grows, if there is one. */
  readonly count: keyof T | null;
  /** Whether all but times and count is the same. */
  readonly isSame: (a: T, b: T) => boolean;
  /** The row with other times, and a count that is greater by `more`. */
  readonly withTimes: (row: T, timesMs: readonly number[], more: number) => T;
}

/** Null: a place that nobody has. */
type Row<T> = T | null;

/** Some rows as they were at `nowMs`. */
interface Layer<T> {
  readonly nowMs: number;
  readonly shared: readonly Row<T>[];
  readonly codes: Uint16Array;
  /** Where they stand; null: they are all there are. */
  readonly places: Uint32Array | null;
}

/** Layers upon each other, the lowest of all rows. */
export type PackedRows<T> = readonly Layer<T>[];

/** Rows that were put away earlier, and as they were. */
export interface EarlierRows<T> {
  readonly packed: PackedRows<T>;
  readonly rows: readonly Row<T>[];
}

/** In place of the first code: the row is the shared one itself. */
const WHOLE = 0;
const NEVER = 1;
/** A time may lie this far ahead, and two or three times as far behind. */
const AHEAD_MS = 20_000;
const MOST = 0xffff;
/** After so many layers all rows are written down again. */
const MOST_LAYERS = 32;
/** Above this share of changed rows it is cheaper to write them all. */
const MOST_CHANGED = 0.6;

/** Puts rows away, sharing with those put away earlier. */
export function packRows<T>(
  rows: readonly Row<T>[],
  nowMs: number,
  earlier: EarlierRows<T> | null,
  packing: Packing<T>,
): PackedRows<T> {
  if (!earlier) return [{ places: null, ...write(rows, nowMs, () => null, packing) }];
  const { packed: before } = earlier;
  const { layers, indexes } = latestOf(before);
  const baseAt = (place: number): Row<T> =>
    before[layers[place] ?? 0]?.shared[indexes[place] ?? place] ?? null;
  const places = changedPlaces(rows, earlier.rows);
  if (places?.length === 0) return before;
  if (!places || before.length >= MOST_LAYERS || places.length > rows.length * MOST_CHANGED) {
    return [{ places: null, ...write(rows, nowMs, baseAt, packing) }];
  }
  const changed = places.map((place) => rows[place]!);
  const written = write(changed, nowMs, (i) => baseAt(places[i]!), packing);
  return [...before, { places: Uint32Array.from(places), ...written }];
}

/** Null where they cannot be compared place by place. */
function changedPlaces<T>(rows: readonly Row<T>[], before: readonly Row<T>[]): number[] | null {
  if (rows.length !== before.length) return null;
  const places: number[] = [];
  for (let i = 0; i < rows.length; i++) if (rows[i] !== before[i]) places.push(i);
  return places;
}

/** Of each place the layer in which it was written last, and where it stands there. */
interface Latest {
  readonly layers: Uint8Array;
  readonly indexes: Uint32Array;
}

function latestOf(packed: PackedRows<unknown>): Latest {
  const count = packed[0]!.shared.length;
  const layers = new Uint8Array(count);
  const indexes = new Uint32Array(count);
  for (let i = 0; i < count; i++) indexes[i] = i;
  for (let k = 1; k < packed.length; k++) {
    const places = packed[k]!.places!;
    for (let i = 0; i < places.length; i++) {
      layers[places[i]!] = k;
      indexes[places[i]!] = i;
    }
  }
  return { layers, indexes };
}

function write<T>(
  rows: readonly Row<T>[],
  nowMs: number,
  baseOf: (i: number) => Row<T>,
  packing: Packing<T>,
): Omit<Layer<T>, 'places'> {
  const width = widthOf(packing);
  const codes = new Uint16Array(rows.length * width);
  const shared = rows.map((row, i) => {
    const known = baseOf(i);
    if (row === known || row === null) return row;
    const base = known !== null && packing.isSame(row, known) ? known : row;
    return encode(row, base, nowMs, { packing, codes, at: i * width }) ? base : row;
  });
  return { nowMs, shared, codes };
}

const widthOf = <T>({ times, count }: Packing<T>): number =>
  times.length + (count === null ? 0 : 1);

interface Place<T> {
  readonly packing: Packing<T>;
  readonly codes: Uint16Array;
  readonly at: number;
}

/** Writes the codes of a row; if one of them does not fit, the row stays whole. */
function encode<T>(row: T, base: T, nowMs: number, { packing, codes, at }: Place<T>): boolean {
  const { times, count } = packing;
  for (let k = 0; k < times.length; k++) {
    const value = row[times[k]!] as number;
    const code = value === 0 ? NEVER : AHEAD_MS + nowMs - value;
    if (code > MOST || (code <= NEVER && value !== 0)) return giveUp(codes, at);
    codes[at + k] = code;
  }
  if (count === null) return true;
  const more = (row[count] as number) - (base[count] as number);
  if (more < 0 || more > MOST) return giveUp(codes, at);
  codes[at + times.length] = more;
  return true;
}

function giveUp(codes: Uint16Array, at: number): false {
  codes[at] = WHOLE;
  return false;
}

/** The rows that were put away, or rows equal to them. */
export function unpackRows<T>(packed: PackedRows<T>, packing: Packing<T>): Row<T>[] {
  const { layers, indexes } = latestOf(packed);
  const width = widthOf(packing);
  const timesMs: number[] = packing.times.map(() => 0);
  const rows = new Array<Row<T>>(layers.length);
  for (let place = 0; place < rows.length; place++) {
    const { shared, codes, nowMs } = packed[layers[place]!]!;
    const i = indexes[place]!;
    const row = shared[i] ?? null;
    const at = i * width;
    rows[place] = row;
    if (row === null || codes[at] === WHOLE) continue;
    for (let k = 0; k < timesMs.length; k++) {
      const code = codes[at + k]!;
      timesMs[k] = code === NEVER ? 0 : AHEAD_MS + nowMs - code;
    }
    const more = packing.count === null ? 0 : codes[at + width - 1]!;
    rows[place] = packing.withTimes(row, timesMs, more);
  }
  return rows;
}
