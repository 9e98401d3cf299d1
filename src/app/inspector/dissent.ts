/** Who holds otherwise: how the tables of other running nodes differ from one node's row. */
import type { FrameNode, FrameRow, NodeView } from '../../protocol/cluster-frame';
import type { NodeFlag } from '../../protocol/flags';
import { printSlots } from '../../protocol/slot-ranges';

export type DissentField = 'flags' | 'slots' | 'epoch';

export interface Dissent {
  readonly field: DissentField;
  /** Who holds this, and what it is. */
  readonly held: string;
  readonly by: readonly string[];
}

const PRINT: Readonly<Record<DissentField, (row: FrameRow) => string>> = {
  flags: (row) => stateOf(row.flags),
  slots: (row) => printSlots(row.slots) || '–',
  epoch: (row) => String(row.configEpoch),
};

/** A view never changes, so its rows are sorted by id once. */
const sorted = new WeakMap<NodeView, ReadonlyMap<string, FrameRow>>();

function rowsById(view: NodeView): ReadonlyMap<string, FrameRow> {
  const known = sorted.get(view);
  if (known) return known;
  const rows = new Map(view.rows.map((row) => [row.id as string, row]));
  sorted.set(view, rows);
  return rows;
}

/** What a flag says of a node, without whose table it stands in. */
function stateOf(flags: readonly NodeFlag[]): string {
  const role = flags.includes('replica') ? 'slave' : 'master';
  if (flags.includes('fail')) return `${role},fail`;
  return flags.includes('pfail') ? `${role},fail?` : role;
}

/** All other opinions on a row, by field, those of most nodes first. A stopped node has none. */
export function dissentOn(
  row: FrameRow,
  keeper: FrameNode,
  nodes: readonly FrameNode[],
): Dissent[] {
  const others = nodes.filter(({ name, process }) => name !== keeper.name && process === 'running');
  const rows = others.flatMap((node) => {
    const held = rowsById(node.view).get(row.id);
    return held ? [{ by: node.name, held }] : [];
  });
  return (Object.keys(PRINT) as DissentField[]).flatMap((field) => {
    const here = PRINT[field](row);
    const byHeld = new Map<string, string[]>();
    for (const { by, held } of rows) {
      const text = PRINT[field](held);
      if (text !== here) byHeld.set(text, [...(byHeld.get(text) ?? []), by]);
    }
    return [...byHeld]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([held, by]) => ({ field, held, by }));
  });
}

/** What a row may say of a node with which all is well; the last is never printed. */
const PLAIN: ReadonlySet<NodeFlag> = new Set(['master', 'replica', 'migrate-to']);

/** A row nobody need look at: linked, neither suspected nor unknown, and nothing under way. */
export function isInGoodStanding({ flags, linkConnected, failReports }: FrameRow): boolean {
  const isPlain = flags.every((flag) => PLAIN.has(flag));
  return isPlain && linkConnected && failReports.length === 0;
}
