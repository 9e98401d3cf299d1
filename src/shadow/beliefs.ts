/** What our machine believed around a moment: what a real node's words are held against. */
import type { ClusterState } from '../protocol/cluster-state';
import { BEHIND_MS, ON_ITS_WAY_MS } from './explanations';
import type { Belief, ShadowNode } from './shadow-node';

/** From a node's decision to the recorder, on one host; and several PINGs leave in one tick. */
const EXACT_MS = 2;

/** The states our machine was in from `ON_ITS_WAY_MS` before `atMs` to `BEHIND_MS` after it. */
export function statesAround(shadow: ShadowNode, atMs: number): ClusterState[] {
  return statesBetween(shadow, atMs - ON_ITS_WAY_MS, atMs + BEHIND_MS);
}

/** The states our machine was in at `atMs`, as exactly as a recorder can say when that was. */
export function statesAt(shadow: ShadowNode, atMs: number): ClusterState[] {
  return statesBetween(shadow, atMs - EXACT_MS, atMs + EXACT_MS / 2);
}

/** The newest first. */
function statesBetween({ beliefs }: ShadowNode, fromMs: number, toMs: number): ClusterState[] {
  const states: ClusterState[] = [];
  for (let i = Math.max(0, lastUpTo(beliefs, toMs)); i >= 0; i--) {
    states.push(beliefs[i]!.state);
    if (beliefs[i]!.atMs <= fromMs) break;
  }
  return states;
}

/** The index of the last belief that began at or before `atMs`, -1 if none. */
function lastUpTo(beliefs: readonly Belief[], atMs: number): number {
  let low = 0;
  let high = beliefs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beliefs[middle]!.atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
