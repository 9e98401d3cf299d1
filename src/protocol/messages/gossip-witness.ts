/**
 * Somebody who looks on while gossip is chosen, to tell a reader why these entries were picked.
 * Nobody looks on in an ordinary run, and looking on changes nothing.
 * Source: the loop of clusterSendPing, src/cluster.c.
 */
import type { GossipEntry } from '../bus-message';
import type { NodeId, NodeName } from '../ids';

/** What became of one draw: taken, or passed over and why. */
export type GossipVerdict = 'chosen' | 'myself' | 'pfail' | 'unfit' | 'again';

export interface GossipDraw {
  readonly id: NodeId;
  readonly verdict: GossipVerdict;
}

/** One choice, from the first draw to the entries of the message. */
export interface GossipAccount {
  readonly by: NodeName;
  /** The receiver's port as the chooser knows it; 0 for a stranger. */
  readonly to: number;
  /** How many nodes the chooser knows, itself included. */
  readonly known: number;
  readonly wanted: number;
  readonly draws: readonly GossipDraw[];
  /** How many entries at the end are there because they are PFAIL. */
  readonly failing: number;
  readonly entries: readonly GossipEntry[];
}

type Witness = (account: GossipAccount) => void;

let current: Witness | null = null;

/** Who looks on now; null: nobody. */
export const witnessOfGossip = (): Witness | null => current;

/** Hears of every choice made while `run` runs. */
export function hearGossip<T>(run: () => T, witness: Witness): T {
  const before = current;
  current = witness;
  try {
    return run();
  } finally {
    current = before;
  }
}
