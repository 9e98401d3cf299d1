/**
 * Lists that mostly have one or two items: what a turn asks for, what an event leaves behind. Each
 * has room for its items and no more; a list that is pushed to has room for seventeen.
 * Source: none.
 */

export const NOTHING: readonly never[] = [];

/** A list with one item more. It takes the place of `list`, which nobody else may hold on to. */
export function followedBy<T>(list: readonly T[], item: T): readonly T[] {
  switch (list.length) {
    case 0:
      return [item];
    case 1:
      return [list[0]!, item];
    case 2:
      return [list[0]!, list[1]!, item];
    default:
      (list as T[]).push(item);
      return list;
  }
}

/** Both lists; most often one of them has nothing. */
export const joined = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.length === 0 ? b : b.length === 0 ? a : [...a, ...b];
