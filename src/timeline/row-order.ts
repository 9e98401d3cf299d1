/** Rows that stand elsewhere than before: in runs of neighbours that have stayed neighbours. */
interface WithId {
  readonly id: string;
}
type Rows = readonly (WithId | null)[];

/** From where in the old list, and how many; from -1: new ones. */
export interface Run {
  readonly from: number;
  readonly count: number;
}

/** Null: each stands where it stood. */
export function orderOf(rows: Rows, before: Rows): Run[] | null {
  if (isTheSame(rows, before)) return null;
  const placeById = new Map(before.map((row, place) => [row?.id, place]));
  const runs: { from: number; count: number }[] = [];
  for (const row of rows) {
    const from = (row && placeById.get(row.id)) ?? -1;
    const last = runs.at(-1);
    if (last && from === next(last)) last.count++;
    else runs.push({ from, count: 1 });
  }
  return runs;
}

const next = ({ from, count }: Run): number => (from === -1 ? -1 : from + count);

function isTheSame(rows: Rows, before: Rows): boolean {
  return (
    rows.length === before.length &&
    rows.every((row, place) => row === before[place] || row?.id === before[place]?.id)
  );
}

/** How many rows there are then. */
export function countOf(order: readonly Run[]): number {
  let count = 0;
  for (const run of order) count += run.count;
  return count;
}

/** Rows in another order, written to `moved`; new ones are null. */
export function moveRows<T>(
  rows: readonly (T | null)[],
  order: readonly Run[],
  moved: (T | null)[],
): void {
  let to = 0;
  for (const { from, count } of order) {
    for (let i = 0; i < count; i++) moved[to++] = from === -1 ? null : rows[from + i]!;
  }
  moved.length = to;
}

/**
 * The numbers of `before` rows in another order, column by column, written to `moved`; those of new
 * ones are 0.
 */
export function moveNumbers(
  numbers: Readonly<Float64Array>,
  { columns, before }: { readonly columns: number; readonly before: number },
  order: readonly Run[],
  moved: Float64Array,
): void {
  let to = 0;
  for (let column = 0; column < columns; column++) {
    for (const { from, count } of order) {
      const at = column * before + from;
      for (let i = 0; i < count; i++) moved[to++] = from === -1 ? 0 : numbers[at + i]!;
    }
  }
}
