/** A large matrix as one path for each kind of cell: nine hundred cells, six elements. */
import { round } from './polar';
import type { SuspicionCell, SuspicionRow } from './suspicions';

export type MatrixPaths = Readonly<Record<SuspicionCell | 'frozen' | 'killed', string>>;

/** Paths in pixels from the upper left corner. */
export function matrixPaths(rows: readonly SuspicionRow[], cell: number): MatrixPaths {
  const paths = { ok: '', pfail: '', fail: '', self: '', unknown: '', frozen: '', killed: '' };
  for (const [i, { process, cells }] of rows.entries()) {
    const y = i * cell;
    if (process === 'frozen') paths.frozen += `M0 ${y}h${cells.length * cell}v${cell}H0z`;
    if (process === 'killed') paths.killed += `M1 ${y + cell / 2}H${cells.length * cell - 1}`;
    for (const [j, state] of process === 'running' ? cells.entries() : []) {
      paths[state] += markOf(state, j * cell, y, cell);
    }
  }
  return paths;
}

function markOf(state: SuspicionCell, x: number, y: number, cell: number): string {
  const middle = cell / 2;
  if (state === 'ok') return `M${round(x + middle)} ${round(y + middle)}h0`;
  if (state === 'self') return `M${x + 1} ${y + cell - 1}l${cell - 2} ${2 - cell}`;
  if (state === 'unknown') return '';
  return `M${x + 0.5} ${y + 0.5}h${cell - 1}v${cell - 1}h${1 - cell}z`;
}
