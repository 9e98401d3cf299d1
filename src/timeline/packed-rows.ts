/**
 * Rows put away small. A row keeps what it shares with the same row of an earlier time, and its own
 * times as two bytes each; one that does not fit is kept whole. Where few rows have changed since
 * the last time, only these are written down.
 */

/** How rows of a kind are put away. `isSame`: whether all but times and count is the same. */
export interface Packing<T> {
  readonly times: readonly (keyof T)[];
  /** A number that only grows, if there is one. */
  readonly count: keyof T | null;
  readonly isSame: (a: T, b: T) => boolean;
}

/** Some rows as they were at `nowMs`. */
interface Written<T> {
  readonly nowMs: number;
  readonly shared: readonly T[];
  readonly codes: Uint16Array;
}

interface AllRows<T> extends Written<T> {
  readonly places: null;
}

/** What has changed since `before`: the rows at these places. */
interface ChangedRows<T> extends Written<T> {
  readonly places: Uint32Array;
  readonly before: PackedRows<T>;
  readonly depth: number;
  readonly root: AllRows<T>;
}

export type PackedRows<T> = AllRows<T> | ChangedRows<T>;

/** Rows that were put away earlier, and as they were. */
export interface EarlierRows<T> {
  readonly packed: PackedRows<T>;
  readonly rows: readonly T[];
}

/** In place of the first code: the row is the shared one itself. */
const WHOLE = 0;
const NEVER = 1;
/** A time may lie this far ahead, and two or three times as far behind. */
const AHEAD_MS = 20_000;
const MOST = 0xffff;
/** Changes of changes of changes: after so many all rows are written down again. */
const DEEPEST = 12;
/** Above this share of changed rows it is cheaper to write them all. */
const MOST_CHANGED = 0.6;

/** Puts rows away, sharing with those put away earlier. */
export function packRows<T>(
  rows: readonly T[],
  nowMs: number,
  earlier: EarlierRows<T> | null,
  packing: Packing<T>,
): PackedRows<T> {
  if (!earlier) return { places: null, ...write(rows, nowMs, [], packing) };
  const { packed: before } = earlier;
  const root = before.places === null ? before : before.root;
  const depth = before.places === null ? 1 : before.depth + 1;
  const places = changedPlaces(rows, earlier.rows);
  if (places?.length === 0) return before;
  if (!places || depth > DEEPEST || places.length > rows.length * MOST_CHANGED) {
    const written = write(rows, nowMs, root.shared, packing);
    const isShared = written.shared.every((row, i) => row === root.shared[i]);
    const shared = isShared && rows.length === root.shared.length ? root.shared : written.shared;
    return { places: null, ...written, shared };
  }
  const changed = places.map((place) => rows[place]!);
  const bases = places.map((place) => root.shared[place]!);
  const written = write(changed, nowMs, bases, packing);
  return { places: Uint32Array.from(places), before, depth, root, ...written };
}

/** Null where they cannot be compared place by place. */
function changedPlaces<T>(rows: readonly T[], before: readonly T[]): number[] | null {
  if (rows.length !== before.length) return null;
  const places: number[] = [];
  for (let i = 0; i < rows.length; i++) if (rows[i] !== before[i]) places.push(i);
  return places;
}

function write<T>(
  rows: readonly T[],
  nowMs: number,
  bases: readonly T[],
  packing: Packing<T>,
): Written<T> {
  const width = widthOf(packing);
  const codes = new Uint16Array(rows.length * width);
  const shared = rows.map((row, i) => {
    const known = bases[i];
    if (row === known) return row;
    const base = known !== undefined && packing.isSame(row, known) ? known : row;
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
export function unpackRows<T>(packed: PackedRows<T>, packing: Packing<T>): T[] {
  if (packed.places === null) return packed.shared.map((_, i) => rowAt(packed, i, packing));
  const rows = unpackRows(packed.before, packing);
  packed.places.forEach((place, i) => {
    rows[place] = rowAt(packed, i, packing);
  });
  return rows;
}

function rowAt<T>({ shared, codes, nowMs }: Written<T>, i: number, packing: Packing<T>): T {
  const { times, count } = packing;
  const at = i * widthOf(packing);
  if (codes[at] === WHOLE) return shared[i]!;
  const row = { ...shared[i]! } as Record<keyof T, number>;
  for (let k = 0; k < times.length; k++) {
    const code = codes[at + k]!;
    row[times[k]!] = code === NEVER ? 0 : AHEAD_MS + nowMs - code;
  }
  if (count !== null) row[count] += codes[at + times.length]!;
  return row as T;
}
