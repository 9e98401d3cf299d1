/**
 * How lessons build on each other: columns by what must come before, curves from each to the next.
 */

export interface MapLesson {
  readonly slug: string;
  /** Slugs of the lessons it builds on; they stand before it. */
  readonly needs: readonly string[];
}

export interface ConceptMap {
  readonly columns: number;
  readonly rows: number;
  readonly places: readonly {
    readonly slug: string;
    readonly column: number;
    readonly row: number;
  }[];
  /** From a lesson to one that builds on it, by way of free cells: column and row of each. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly way: readonly (readonly [column: number, row: number])[];
  }[];
}

/** A lesson, or a cell that an edge over several columns passes through. */
interface Cell {
  readonly key: string;
  readonly column: number;
  readonly before: readonly string[];
}

/** Lays lessons out, given in the order of the course; needs of lessons unknown are left out. */
export function conceptMap(lessons: readonly MapLesson[]): ConceptMap {
  const columnOf = new Map<string, number>();
  const needsOf = ({ needs }: MapLesson) => needs.filter((slug) => columnOf.has(slug));
  const cells: Cell[] = [];
  const edges: { from: string; to: string; keys: string[] }[] = [];
  for (const lesson of lessons) {
    const needs = needsOf(lesson);
    const column = Math.max(-1, ...needs.map((slug) => columnOf.get(slug)!)) + 1;
    const before = needs.map((from) => {
      const passed = range(columnOf.get(from)! + 1, column).map(
        (at) => `${from}>${lesson.slug} ${at}`,
      );
      const keys = [from, ...passed];
      for (const [i, key] of passed.entries()) {
        cells.push({ key, column: columnOf.get(from)! + 1 + i, before: [keys[i]!] });
      }
      edges.push({ from, to: lesson.slug, keys: [...keys, lesson.slug] });
      return keys.at(-1)!;
    });
    columnOf.set(lesson.slug, column);
    cells.push({ key: lesson.slug, column, before });
  }
  return placed(lessons, cells, edges);
}

function placed(
  lessons: readonly MapLesson[],
  cells: readonly Cell[],
  edges: readonly { from: string; to: string; keys: readonly string[] }[],
): ConceptMap {
  const columns = Math.max(0, ...cells.map(({ column }) => column + 1));
  const rowOf = new Map<string, number>();
  for (const column of range(0, columns)) {
    placeColumn(
      cells.filter((cell) => cell.column === column),
      rowOf,
    );
  }
  const columnOf = new Map(cells.map(({ key, column }) => [key, column]));
  const placeOf = (key: string) => [columnOf.get(key)!, rowOf.get(key)!] as const;
  return {
    columns,
    rows: Math.max(0, ...rowOf.values()) + (cells.length > 0 ? 1 : 0),
    places: lessons.map(({ slug }) => ({
      slug,
      column: columnOf.get(slug)!,
      row: rowOf.get(slug)!,
    })),
    edges: edges.map(({ from, to, keys }) => ({ from, to, way: keys.map(placeOf) })),
  };
}

/**
 * Each beside what it builds on, as far as others leave room; what builds on nothing comes last.
 */
function placeColumn(cells: readonly Cell[], rowOf: Map<string, number>): void {
  const wished = cells.map((cell) => {
    const rows = cell.before.map((key) => rowOf.get(key)!);
    const wish = rows.length === 0 ? Infinity : rows.reduce((a, b) => a + b) / rows.length;
    return { cell, wish };
  });
  wished.sort((a, b) => (a.wish === b.wish ? 0 : a.wish - b.wish));
  let free = 0;
  for (const { cell, wish } of wished) {
    const row = Number.isFinite(wish) ? Math.max(free, Math.round(wish)) : free;
    rowOf.set(cell.key, row);
    free = row + 1;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Where a map's cells lie on the page, and how far from their middles a curve begins and ends. */
export interface MapField {
  readonly middleX: (column: number) => number;
  readonly middleY: (row: number) => number;
  readonly startPx: number;
  readonly endPx: number;
}

/** The curve of one edge, level where it passes a cell. */
export function edgePath(way: ConceptMap['edges'][number]['way'], field: MapField): string {
  const { middleX, middleY, startPx, endPx } = field;
  const points = way.map(([column, row], i) => {
    const aside = i === 0 ? startPx : i === way.length - 1 ? -endPx : 0;
    return { x: middleX(column) + aside, y: middleY(row) };
  });
  const [first, ...rest] = points;
  let path = `M${first!.x} ${first!.y}`;
  for (const [i, { x, y }] of rest.entries()) {
    const before = points[i]!;
    const bend = (x - before.x) / 2;
    path += `C${before.x + bend} ${before.y} ${x - bend} ${y} ${x} ${y}`;
  }
  return path;
}
