/**
 * Claims of slots, for tests: what 8902 hears from masters it knows.
 * Source: none; the state is that of node-fixture.ts.
 */
import type { ClusterState } from './cluster-state';
import { MASTER } from './flags';
import type { Epoch, NodeName } from './ids';
import { entryOf, idOf, settledNode, turnOf, withEntry } from './node-fixture';
import { applyClaim } from './slot-claims';
import type { SlotRanges } from './slot-ranges';
import type { Turn } from './turn';
import type { Table } from './whole-entries';

/** `by` claims slots under an epoch, to the node `state` is of. */
export function claim(state: ClusterState, by: NodeName, epoch: Epoch, slots: SlotRanges): Turn {
  const turn = turnOf(state);
  applyClaim(turn, idOf(by), epoch, slots);
  return turn;
}

export const slotsOfNode = (state: Table, name: NodeName): SlotRanges => entryOf(state, name).slots;

export const settled = settledNode('8902');
/** 8902 knows a master 8904 that owns nothing, with epoch 7. */
export const rising = withEntry(settled, '8904', { flags: MASTER, masterId: null, configEpoch: 7 });
