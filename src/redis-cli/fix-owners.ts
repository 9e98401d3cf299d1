/**
 * Mending a slot that several nodes own: the one with most keys keeps it, and gets the keys of the
 * others.
 * Source: clusterManagerFixMultipleSlotOwners, src/redis-cli.c.
 */
import type { Slot } from '../protocol/ids';
import type { NodeRef } from './cli-state';
import { setSlot } from './move-slot';
import type { Task, Tasks } from './task-list';

interface OneOwner {
  readonly slot: Slot;
  readonly owner: NodeRef;
  readonly node: NodeRef;
}

export interface FixOwnersTasks {
  'fix-owners': { readonly slot: Slot; readonly owners: readonly NodeRef[] };
  'owner-chosen': { readonly slot: Slot; readonly owners: readonly NodeRef[] };
  disown: OneOwner;
  'disown-counted': OneOwner;
}

export const FIX_OWNERS_TASKS: Tasks<FixOwnersTasks> = {
  'fix-owners': (turn, { slot, owners }) => {
    turn.say(`>>> Fixing multiple owners for slot ${slot}...`);
    turn.do({ do: 'most-keys', slot, nodes: owners }, { do: 'owner-chosen', slot, owners });
  },
  'owner-chosen': (turn, { slot, owners }) => {
    const owner = turn.state.found ?? owners[0]!;
    turn.say(`>>> Setting slot ${slot} owner: ${turn.address(owner)}`);
    const others = turn.masters().filter((ref) => ref !== owner);
    turn.do(
      { do: 'set-slot-owner', node: owner, slot, clear: false },
      ...others.map((node): Task => ({ do: 'disown', slot, owner, node })),
    );
  },
  disown: (turn, { slot, owner, node }) => {
    const argv = ['CLUSTER', 'COUNTKEYSINSLOT', String(slot)];
    turn.send(node, argv, { do: 'disown-counted', slot, owner, node });
  },
  'disown-counted': (turn, { slot, owner, node }) => {
    if (!turn.isFine(node)) return turn.fail();
    const said = { cold: true, update: false, quiet: false, dots: true, handsUp: false };
    const move: Task = { do: 'move-slot', slot, source: node, target: owner, ...said };
    turn.do(
      { do: 'delete-slot', node, slot, must: false },
      setSlot(node, slot, 'node', owner),
      ...((turn.integer ?? 0) > 0 ? [move] : []),
    );
  },
};
