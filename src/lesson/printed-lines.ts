/**
 * `printed(8900, ["…", "…"])`: how many of these lines a node has written, one right after the
 * other. Lines are those of level notice and above; an id in them is read as the node's name.
 */
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';

const NODE_ID = /[0-9a-f]{40}/g;

/** The lines of `node`'s log, oldest first, with names in place of ids. */
export function linesOf(
  notes: readonly RecordedNote[],
  node: NodeName,
  frame: Pick<ClusterFrame, 'nodes'>,
): string[] {
  const names = new Map<string, NodeName>(frame.nodes.map(({ id, name }) => [id, name]));
  return notes.flatMap((note) => {
    if (note.event !== 'log' || note.node !== node) return [];
    if (note.level !== 'notice' && note.level !== 'warning') return [];
    return [note.text.replace(NODE_ID, (id) => names.get(id) ?? id)];
  });
}

/** How many of `texts`, from the first on, stand in `lines` with nothing between them. */
export function printedInARow(lines: readonly string[], texts: readonly string[]): number {
  const rows = lines.map((_, start) => {
    const different = texts.findIndex((text, i) => !lines[start + i]?.includes(text));
    return different === -1 ? texts.length : different;
  });
  return Math.max(0, ...rows);
}
