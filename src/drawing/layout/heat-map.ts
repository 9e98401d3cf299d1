/** The matrix of a crowd: where a cell lies, whose columns are in trouble, and what they count. */
import type { NodeName } from '../../protocol/ids';
import type { SuspicionCell, SuspicionRow } from './suspicions';

export interface HeatCell {
  readonly row: number;
  readonly column: number;
}

/** What observers that run say of one subject. */
export interface Trouble {
  readonly subject: NodeName;
  readonly column: number;
  readonly fail: number;
  readonly pfail: number;
  /** Nodes that know it and have not noticed. */
  readonly ok: number;
}

/** Everyone of whom somebody says PFAIL or FAIL, the gravest first. */
export function troubles(rows: readonly SuspicionRow[]): Trouble[] {
  const found: Trouble[] = [];
  for (const [column, { observer: subject }] of rows.entries()) {
    const trouble = countColumn(rows, column);
    if (trouble.fail + trouble.pfail > 0) found.push({ subject, column, ...trouble });
  }
  return found.sort((a, b) => b.fail - a.fail || b.pfail - a.pfail || a.column - b.column);
}

/** What is said of one column; who does not run, and the subject itself, say nothing. */
export function countColumn(rows: readonly SuspicionRow[], column: number) {
  const counts: Record<SuspicionCell, number> = { ok: 0, pfail: 0, fail: 0, self: 0, unknown: 0 };
  for (const { process, cells } of rows) if (process === 'running') counts[cells[column]!] += 1;
  const { ok, pfail, fail } = counts;
  return { ok, pfail, fail };
}

/** The cell under a point of a square of `sidePx`. */
export function heatCellAt(x: number, y: number, sidePx: number, count: number): HeatCell {
  const at = (px: number) => Math.min(count - 1, Math.max(0, Math.floor((px / sidePx) * count)));
  return { row: at(y), column: at(x) };
}
