/**
 * What nobody can know about a real node, and is tried: whatever leaves the least unexplained was
 * so. Knowing more about the beginning changes all that follows, so a node is replayed again with
 * what its first replay has shown.
 */
import type { NodeId } from '../protocol/ids';

/** When a message on a new connection was read: somewhere, as it came, or as its answer left. */
export type Reading = 'half-way' | 'arrival' | 'answer';

/** Nodes of which something must be true that the first table does not show. */
export interface Hints {
  /** There was a failure report about them. */
  readonly reported: ReadonlySet<NodeId>;
  /** They answered a PING between the first table and the first message: not before when. */
  readonly answered: ReadonlyMap<NodeId, number>;
}

export interface Guess extends Hints {
  readonly reading: Reading;
}

/** The hints of a replay, as it goes. */
export interface Learnt {
  readonly reported: Set<NodeId>;
  readonly answered: Map<NodeId, number>;
}

/** Nothing is known but what the files say. */
export function firstGuess(reading: Reading): Guess {
  return { reported: new Set(), answered: new Map(), reading };
}

/** A replay begins with what is guessed. */
export function learntFrom({ reported, answered }: Guess): Learnt {
  return { reported: new Set(reported), answered: new Map(answered) };
}

export const hintCount = ({ reported, answered }: Hints): number => reported.size + answered.size;
