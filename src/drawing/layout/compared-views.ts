/** Which tables are shown side by side, and how large each ring can be. */
import type { ClusterFrame, FrameNode, NodeView } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';

/** Nodes that hold one and the same table; the first speaks for them. */
export interface ComparedView {
  readonly node: NodeName;
  readonly alike: readonly NodeName[];
}

/** Up to this many nodes each have a ring of their own; above, only those that differ. */
export const MOST_RINGS = 12;

/** One view a node, or, in a large cluster, one a table, the most common first. */
export function comparedViews({ nodes }: Pick<ClusterFrame, 'nodes'>): ComparedView[] {
  if (nodes.length <= MOST_RINGS) return nodes.map(({ name }) => ({ node: name, alike: [name] }));
  const groups = new Map<string, NodeName[]>();
  for (const node of nodes) {
    const said = `${node.process} ${whatItSays(node)}`;
    groups.set(said, [...(groups.get(said) ?? []), node.name]);
  }
  const views = [...groups.values()].map((alike) => ({ node: alike[0]!, alike }));
  return views.sort((a, b) => b.alike.length - a.alike.length);
}

const said = new WeakMap<NodeView, string>();

/** A node's table as text: flags, masters and slots, whoever it is that says so. */
export function whatItSays({ view }: FrameNode): string {
  const known = said.get(view);
  if (known !== undefined) return known;
  const text = view.rows
    .map(({ name, flags, master, slots }) => {
      const state = flags.filter((flag) => flag !== 'myself').join();
      return `${name} ${state} ${master} ${slots.join(' ')}`;
    })
    .join(';');
  said.set(view, text);
  return text;
}

/** Whether all tables say the same. */
export function tablesAgree({ nodes }: Pick<ClusterFrame, 'nodes'>): boolean {
  return nodes.every((node) => whatItSays(node) === whatItSays(nodes[0]!));
}

export interface CompareGrid {
  readonly columns: number;
  /** Width and height of a ring in pixels. */
  readonly ringPx: number;
  /** The words stand left of the ring, or above it. */
  readonly wordsAt: 'left' | 'top';
}

/** What the words beside or above a ring need. */
export const WORDS_WIDTH_PX = 150;
export const WORDS_HEIGHT_PX = 96;
const GAP_PX = 28;
const LEAST_RING_PX = 210;
const MOST_RING_PX = 460;

/** The arrangement with the largest rings; if they would be too small, the page scrolls. */
export function compareGrid(
  count: number,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): CompareGrid {
  let best: CompareGrid | null = null;
  for (let columns = 1; columns <= Math.min(6, count); columns += 1) {
    const rows = Math.ceil(count / columns);
    const [width, height] = [widthPx / columns - GAP_PX, heightPx / rows - GAP_PX];
    const left = Math.min(width - WORDS_WIDTH_PX, height);
    const top = Math.min(width, height - WORDS_HEIGHT_PX);
    const ringPx = Math.floor(Math.min(MOST_RING_PX, Math.max(left, top)));
    const wordsAt = left >= top - 8 ? ('left' as const) : ('top' as const);
    // Fuller rows win over a little more size.
    if (!best || ringPx > best.ringPx + 6) best = { columns, ringPx, wordsAt };
  }
  if (best!.ringPx >= LEAST_RING_PX) return best!;
  return scrollingGrid(widthPx);
}

function scrollingGrid(widthPx: number): CompareGrid {
  const cellPx = WORDS_WIDTH_PX + LEAST_RING_PX + GAP_PX;
  if (widthPx < cellPx) {
    const ringPx = Math.max(160, Math.floor(widthPx - WORDS_WIDTH_PX - 10));
    return { columns: 1, ringPx, wordsAt: 'left' };
  }
  const columns = Math.floor(widthPx / cellPx);
  const ringPx = Math.floor(Math.min(MOST_RING_PX, widthPx / columns - GAP_PX - WORDS_WIDTH_PX));
  return { columns, ringPx, wordsAt: 'left' };
}
