/** One lane a node, in ring order; what does not fit is folded into a last lane. */
import type { FrameNode } from '../../protocol/cluster-frame';

export interface Lane {
  readonly key: string;
  readonly y: number;
  readonly heightPx: number;
  /** Null for the lane of folded nodes. */
  readonly node: LaneNode | null;
}

export interface LaneNode {
  readonly name: string;
  readonly shard: number;
  readonly role: 'master' | 'replica';
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly folded: { readonly count: number; readonly replicasOnly: boolean } | null;
  readonly topPx: number;
  readonly bottomPx: number;
  /** Vertical position of a node's lane; a folded node shares the last lane. */
  readonly yOf: ReadonlyMap<string, number>;
  readonly foldedNames: ReadonlySet<string>;
}

const TALLEST_PX = 17.6;
const SHORTEST_PX = 13;
export const FOLD_KEY = 'folded';

interface Room {
  readonly topPx: number;
  readonly heightPx: number;
  /** Nodes that must keep a lane of their own: the viewpoint and the subject. */
  readonly keep: readonly string[];
}

/** What the lanes show of a node. */
export function laneNode(node: FrameNode): LaneNode {
  return { name: node.name, shard: node.shard, role: node.view.role };
}

/** Lays out lanes for `nodes`; folds replicas first, then masters, but never a node of `keep`. */
export function lanesOf(nodes: readonly LaneNode[], room: Room): Lanes {
  const most = Math.max(2, Math.floor(room.heightPx / SHORTEST_PX));
  const shown = nodes.length <= most ? nodes : foremost(nodes, room.keep, most - 1);
  const hidden = nodes.filter((node) => !shown.includes(node));
  const laneCount = shown.length + (hidden.length > 0 ? 1 : 0);
  const heightPx = Math.min(TALLEST_PX, room.heightPx / Math.max(1, laneCount));
  const yAt = (index: number) => room.topPx + heightPx * (index + 0.5);

  const lanes: Lane[] = shown.map((node, i) => ({
    key: node.name,
    y: yAt(i),
    heightPx,
    node,
  }));
  if (hidden.length > 0) lanes.push({ key: FOLD_KEY, y: yAt(shown.length), heightPx, node: null });
  return {
    lanes,
    folded: hidden.length > 0 ? foldedInto(hidden) : null,
    topPx: room.topPx,
    bottomPx: room.topPx + heightPx * laneCount,
    yOf: new Map([
      ...shown.map((node, i) => [node.name, yAt(i)] as const),
      ...hidden.map((node) => [node.name, yAt(shown.length)] as const),
    ]),
    foldedNames: new Set(hidden.map((node) => node.name)),
  };
}

function foremost(nodes: readonly LaneNode[], keep: readonly string[], count: number) {
  const weight = (node: LaneNode) =>
    (keep.includes(node.name) ? 2 : 0) + (node.role === 'master' ? 1 : 0);
  const chosen = new Set([...nodes].sort((a, b) => weight(b) - weight(a)).slice(0, count));
  return nodes.filter((node) => chosen.has(node));
}

function foldedInto(hidden: readonly LaneNode[]) {
  return {
    count: hidden.length,
    replicasOnly: hidden.every((node) => node.role === 'replica'),
  };
}
