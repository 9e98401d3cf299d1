/**
 * Where a table has a node. The place is guessed from the last time anyone looked, and the guess is
 * checked, so that what is remembered here can be wrong but never matter.
 * Source: clusterLookupNode, src/cluster.c, which asks a hash table.
 */
import type { ClusterNode } from './cluster-state';
import type { NodeId } from './ids';

/** More ids than any cluster has: time to forget those of clusters nobody looks at any more. */
const MANY_IDS = 20_000;

let ordinals = new Map<NodeId, number>();
let placesByOwner: number[][] = [];

function ordinalOf(id: NodeId): number {
  const known = ordinals.get(id);
  if (known !== undefined) return known;
  if (ordinals.size >= MANY_IDS) {
    ordinals = new Map();
    placesByOwner = [];
  }
  const ordinal = ordinals.size;
  ordinals.set(id, ordinal);
  return ordinal;
}

/** The guesses about the table of one node. */
export function placesOf(owner: NodeId): number[] {
  return (placesByOwner[ordinalOf(owner)] ??= []);
}

/** The place of `id` in a table, or -1; `guesses` are those about this table. */
export function placeIn(nodes: readonly ClusterNode[], guesses: number[], id: NodeId): number {
  const ordinal = ordinalOf(id);
  const guess = guesses[ordinal];
  if (guess !== undefined && nodes[guess]?.id === id) return guess;
  const place = nodes.findIndex((node) => node.id === id);
  if (place !== -1) guesses[ordinal] = place;
  return place;
}
