/** Who thinks whom is failing: one row an observer, one cell a subject. */
import type { ClusterFrame, FrameNode } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import { beliefOfRow, type Belief } from './beliefs';
import { MOST_TIGHT } from './scale';

export type SuspicionCell = Belief | 'self' | 'unknown';

export interface SuspicionRow {
  readonly observer: NodeName;
  readonly process: FrameNode['process'];
  readonly cells: readonly SuspicionCell[];
}

/** From this many nodes on, the matrix groups them by shard: masters, then replicas, would mix. */
const GROUPED_FROM_NODES = MOST_TIGHT + 1;

/** The whole matrix, rows and columns in the order of the ports, or shard by shard if many. */
export function suspicions(frame: ClusterFrame): SuspicionRow[] {
  const isLarge = frame.nodes.length >= GROUPED_FROM_NODES;
  const nodes = isLarge ? [...frame.nodes].sort((a, b) => a.shard - b.shard) : frame.nodes;
  const names = nodes.map((node) => node.name);
  return nodes.map(({ name, process, view }) => {
    const held = new Map(view.rows.map((row) => [row.name, beliefOfRow(row)]));
    const cells = names.map((other) => (other === name ? 'self' : (held.get(other) ?? 'unknown')));
    return { observer: name, process, cells };
  });
}

/** Whether observers that run say different things of the subject in this column. */
export function columnDisagrees(rows: readonly SuspicionRow[], column: number): boolean {
  const said = rows
    .filter((row) => row.process === 'running' && row.cells[column] !== 'self')
    .map((row) => row.cells[column]);
  return said.some((cell) => cell !== 'ok');
}
