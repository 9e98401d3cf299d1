/**
 * Where a table has a node. The place is guessed from the last time anyone looked, and the guess is
 * checked, so that what is remembered here can be wrong but never matter.
 * Source: clusterLookupNode, src/cluster.c, which asks a hash table.
 */
import { isInHandshake, type ClusterNode } from './cluster-state';
import type { NodeId } from './ids';

/** More ids than any cluster has: time to forget those of clusters nobody looks at any more. */
const MANY_IDS = 4_096;

/** By the number of an id: its place and one more; 0: not known. */
export interface Guesses {
  places: Uint16Array;
}

const numbers = new Map<NodeId, number>();
const guessesByOwner = new Map<NodeId, Guesses>();

/** The guesses about the table of one node. */
export function guessesOf(owner: NodeId): Guesses {
  const known = guessesByOwner.get(owner);
  if (known) return known;
  const guesses: Guesses = { places: new Uint16Array(16) };
  guessesByOwner.set(owner, guesses);
  return guesses;
}

/** The place of `id` in a table, or -1; `guesses` are those about this table. */
export function placeIn(nodes: readonly ClusterNode[], guesses: Guesses, id: NodeId): number {
  const number = numbers.get(id);
  const guess = number === undefined ? 0 : (guesses.places[number] ?? 0);
  if (guess > 0 && nodes[guess - 1]?.id === id) return guess - 1;
  const place = nodes.findIndex((node) => node.id === id);
  if (place !== -1 && !isInHandshake(nodes[place]!)) remember(nodes, guesses);
  return place;
}

/** Whoever is looked for in vain will be looked for again, and so will the others. */
function remember(nodes: readonly ClusterNode[], guesses: Guesses): void {
  for (const [place, node] of nodes.entries()) {
    // The name of a handshake is soon another.
    if (isInHandshake(node)) continue;
    const number = numberOf(node.id);
    if (number >= guesses.places.length) guesses.places = longer(guesses.places, number);
    guesses.places[number] = place + 1;
  }
}

function numberOf(id: NodeId): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  if (numbers.size >= MANY_IDS) {
    numbers.clear();
    guessesByOwner.clear();
  }
  const number = numbers.size;
  numbers.set(id, number);
  return number;
}

function longer(places: Uint16Array, number: number): Uint16Array {
  const copy = new Uint16Array(Math.max(number + 1, places.length * 2));
  copy.set(places);
  return copy;
}
