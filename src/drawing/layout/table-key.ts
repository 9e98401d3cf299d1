/**
 * A short string that differs whenever any node's table says something else of roles, slots or
 * failures than before. Most moments change nothing of that, and then nothing of it is worked out
 * anew.
 */
import type { ClusterFrame, FrameNode, FrameRow } from '../../protocol/cluster-frame';

export class TableKeys {
  #before: readonly FrameNode[] = [];
  #changeCount = 0;

  /** The key of a frame: the same as that of the frame asked for before, if they say the same. */
  of({ nodes }: ClusterFrame): string {
    const before = this.#before;
    const isSame = nodes.length === before.length && nodes.every((n, i) => saysSame(n, before[i]!));
    this.#before = nodes;
    if (!isSame) this.#changeCount += 1;
    return String(this.#changeCount);
  }
}

function saysSame(a: FrameNode, b: FrameNode): boolean {
  if (a.name !== b.name || a.process !== b.process) return false;
  const { rows } = a.view;
  const before = b.view.rows;
  return rows === before || hasSameRows(rows, before);
}

/** Thousands a look, so a plain loop: the rows of a quiet table are the same objects. */
function hasSameRows(rows: readonly FrameRow[], before: readonly FrameRow[]): boolean {
  if (rows.length !== before.length) return false;
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] !== before[i] && !isSameRow(rows[i]!, before[i]!)) return false;
  }
  return true;
}

function isSameRow(a: FrameRow, b: FrameRow): boolean {
  return (
    a.name === b.name &&
    a.master === b.master &&
    a.failSinceMs === b.failSinceMs &&
    (a.flags === b.flags || a.flags.join() === b.flags.join()) &&
    (a.slots === b.slots || a.slots.join() === b.slots.join())
  );
}
