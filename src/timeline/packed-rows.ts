/**
 * Rows put away small: what a row shares with the one kept before, and its own times as two bytes
 * each. A row that does not fit is kept whole.
 */

/** Rows of one kind as they were at `nowMs`. */
export interface PackedRows<T> {
  readonly nowMs: number;
  readonly shared: readonly T[];
  readonly codes: Uint16Array;
}

/** How rows of a kind are put away. `isSame`: whether all but times and count is the same. */
export interface Packing<T> {
  readonly times: readonly (keyof T)[];
  /** A number that only grows, if there is one. */
  readonly count: keyof T | null;
  readonly isSame: (a: T, b: T) => boolean;
}

/** In place of the first code: the row is the shared one itself. */
const WHOLE = 0;
const NEVER = 1;
/** A time may lie this far ahead, and two or three times as far behind. */
const AHEAD_MS = 20_000;
const MOST = 0xffff;

/** Puts rows away, sharing with rows put away `before`. */
export function packRows<T>(
  rows: readonly T[],
  nowMs: number,
  before: PackedRows<T> | null,
  packing: Packing<T>,
): PackedRows<T> {
  const { times, count, isSame } = packing;
  const width = times.length + (count === null ? 0 : 1);
  const codes = new Uint16Array(rows.length * width);
  let isShared = rows.length === before?.shared.length;
  const shared = rows.map((row, i) => {
    const known = before?.shared[i];
    if (row === known) return row;
    const base = known !== undefined && isSame(row, known) ? known : row;
    const fits = encode(row, base, nowMs, { packing, codes, at: i * width });
    if (fits && base === known) return base;
    isShared = false;
    return row;
  });
  return { nowMs, shared: isShared ? before!.shared : shared, codes };
}

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
export function unpackRows<T>(packed: PackedRows<T>, { times, count }: Packing<T>): T[] {
  const { shared, codes, nowMs } = packed;
  const width = times.length + (count === null ? 0 : 1);
  return shared.map((base, i) => {
    const at = i * width;
    if (codes[at] === WHOLE) return base;
    const row = { ...base } as Record<keyof T, number>;
    for (let k = 0; k < times.length; k++) {
      const code = codes[at + k]!;
      row[times[k]!] = code === NEVER ? 0 : AHEAD_MS + nowMs - code;
    }
    if (count !== null) row[count] += codes[at + times.length]!;
    return row as T;
  });
}
