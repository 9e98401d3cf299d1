/**
 * How large a cluster is, in five steps: what is drawn of a node, a link and a message depends on
 * it. Every picture asks here, so that all of them change over at the same count.
 */

/**
 * `few`: everything in full. `tight`: the same, closer together. `shards`: a shard is the unit of
 * every list. `beads`: a node is a bead, whoever is in focus is shown through a lens. `arcs`:
 * shards alone.
 */
export type Scale = 'few' | 'tight' | 'shards' | 'beads' | 'arcs';

/** The largest count of nodes of each step but the last. */
export const MOST_FEW = 8;
export const MOST_TIGHT = 16;
export const MOST_IN_SHARDS = 60;
export const MOST_BEADS = 300;

/** The step a cluster of so many nodes is drawn in. */
export function scaleOf(nodeCount: number): Scale {
  if (nodeCount <= MOST_FEW) return 'few';
  if (nodeCount <= MOST_TIGHT) return 'tight';
  if (nodeCount <= MOST_IN_SHARDS) return 'shards';
  return nodeCount <= MOST_BEADS ? 'beads' : 'arcs';
}

/** Whether nodes are too many to be drawn as discs. */
export function isCrowd(nodeCount: number): boolean {
  return nodeCount > MOST_IN_SHARDS;
}
