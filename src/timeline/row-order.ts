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

/** Rows in another order; new ones are null. */
export function inOrder<T>(rows: readonly (T | null)[], order: readonly Run[]): (T | null)[] {
  return order.flatMap(({ from, count }) =>
    from === -1 ? new Array<null>(count).fill(null) : rows.slice(from, from + count),
  );
}

/** The numbers of rows in another order, column by column; those of new ones are 0. */
export function numbersInOrder(
  numbers: Float64Array,
  columns: number,
  order: readonly Run[],
): Float64Array {
  const before = numbers.length / columns;
  const now = order.reduce((sum, { count }) => sum + count, 0);
  const moved = new Float64Array(columns * now);
  for (let column = 0; column < columns; column++) {
    let to = column * now;
    for (const { from, count } of order) {
      const at = column * before + from;
      if (from !== -1) moved.set(numbers.subarray(at, at + count), to);
      to += count;
    }
  }
  return moved;
}
