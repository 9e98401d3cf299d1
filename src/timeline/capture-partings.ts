/** Where a real node and our machine beside it part, as a picture of one moment shows it. */
import type { FrameParting } from '../protocol/cluster-frame';
import type { Divergence } from '../shadow/live-differences';
import type { NodeName } from '../protocol/ids';
import type { CaptureHistory } from './capture-history';

/**
 * Ours is set right within half a second; what was found stays in view so long that one sees
 * it.
 */
const SHOWN_MS = 5_000;

/** Whether a difference is shown at a moment: while it lasts, and a little longer. */
export const isShownAt = (
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number | null },
  atMs: number,
): boolean => sinceMs <= atMs && (untilMs === null || atMs < untilMs + SHOWN_MS);

/** Of each node that has any, oldest first. */
export function partingsByNode(
  history: CaptureHistory,
  atMs: number,
): ReadonlyMap<NodeName, readonly FrameParting[]> {
  const found = new Map<NodeName, FrameParting[]>();
  for (const divergence of history.run.shadow.differences.divergences) {
    if (!isShownAt(divergence, atMs)) continue;
    const node = history.nameOf(divergence.node);
    const parting = partingOf(divergence, node, atMs);
    found.set(node, [...(found.get(node) ?? []), parting]);
  }
  return found;
}

/** As it was known at that moment: while it lasts nobody knows its end. */
function partingOf(
  { about, field, ours, real, sinceMs, untilMs }: Divergence,
  node: NodeName,
  atMs: number,
): FrameParting {
  const isOver = untilMs !== null && untilMs <= atMs;
  const whom = about === node ? null : about;
  return { about: whom, field, ours, real, sinceMs, untilMs: isOver ? untilMs : null };
}
