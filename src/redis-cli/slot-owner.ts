/**
 * Whose a slot is: asking a node, making a node the owner, deleting the slot from a table.
 * Source: clusterManagerGetSlotOwner, clusterManagerSetSlotOwner, clusterManagerDelSlot,
 * clusterManagerGetNodeWithMostKeysInSlot, src/redis-cli.c.
 */
import type { Slot } from '../protocol/ids';
import type { Reply } from '../protocol/reply';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { nodeById } from './load-nodes';
import type { Task, Tasks } from './task-list';

interface NodeSlot {
  readonly node: NodeRef;
  readonly slot: Slot;
}

interface MostKeys {
  readonly slot: Slot;
  readonly left: readonly NodeRef[];
  readonly most: number;
}

export interface SlotOwnerTasks {
  /** In one transaction: the slot is deleted, added, perhaps made stable, and the epoch bumped. */
  'set-slot-owner': NodeSlot & { readonly clear: boolean };
  'transaction-begun': NodeSlot & { readonly clear: boolean };
  'end-transaction': { readonly node: NodeRef };
  'transaction-done': { readonly node: NodeRef };
  /** `must`: where the slot cannot be deleted, that is the end of what is being done. */
  'delete-slot': NodeSlot & { readonly must: boolean };
  'slot-deleted': NodeSlot & { readonly must: boolean };
  'owner-of-undeleted': NodeSlot & { readonly must: boolean; readonly error: string };
  /** `state.found` becomes the master with most keys of the slot, or null. */
  'most-keys': { readonly slot: Slot; readonly nodes: readonly NodeRef[] };
  'most-keys-next': MostKeys;
  'most-keys-counted': MostKeys & { readonly node: NodeRef };
}

export const SLOT_OWNER_TASKS: Tasks<SlotOwnerTasks> = {
  'set-slot-owner': (turn, owner) =>
    turn.send(owner.node, ['MULTI'], { ...owner, do: 'transaction-begun' }),
  'transaction-begun': (turn, { node, slot, clear }) => {
    if (!turn.isFine(node)) return turn.fail();
    const command = (...argv: string[]): Task => ({ do: 'command', node, argv, must: false });
    turn.do(
      { do: 'delete-slot', node, slot, must: false },
      command('CLUSTER', 'ADDSLOTS', String(slot)),
      ...(clear ? [command('CLUSTER', 'SETSLOT', String(slot), 'STABLE')] : []),
      command('CLUSTER', 'BUMPEPOCH'),
      { do: 'end-transaction', node },
    );
  },
  'end-transaction': (turn, { node }) =>
    turn.send(node, ['EXEC'], { do: 'transaction-done', node }),
  'transaction-done': (turn, { node }) => {
    const { reply } = turn.state;
    if (!turn.isFine(node) || reply?.type !== 'array') return turn.fail();
    // Only the error of ADDSLOTS, the second command, counts.
    const added = reply.items[1];
    if (added?.type !== 'error') return;
    turn.printError(node, added.text);
    turn.fail();
  },
  'delete-slot': (turn, { node, slot, must }) => {
    const argv = ['CLUSTER', 'DELSLOTS', String(slot)];
    turn.send(node, argv, { do: 'slot-deleted', node, slot, must });
  },
  'slot-deleted': (turn, { node, slot, must }) => {
    const { error } = turn;
    if (error !== null) {
      const then = { do: 'owner-of-undeleted', node, slot, must, error } as const;
      return turn.send(node, ['CLUSTER', 'SLOTS'], then);
    }
    if (turn.state.reply === null && must) turn.fail();
  },
  'owner-of-undeleted': (turn, { node, slot, must, error }) => {
    const isUnassigned = turn.error === null && slotOwner(turn, slot) === null;
    if (isUnassigned) return;
    if (turn.error !== null) turn.printError(node, turn.error);
    turn.printError(node, error);
    if (must) turn.fail();
  },
  'most-keys': (turn, { slot, nodes }) => {
    turn.state.found = null;
    const left = nodes.filter((ref) => !turn.node(ref).isReplica);
    turn.do({ do: 'most-keys-next', slot, left, most: 0 });
  },
  'most-keys-next': (turn, { slot, left: [node, ...left], most }) => {
    if (node === undefined) return;
    const argv = ['CLUSTER', 'COUNTKEYSINSLOT', String(slot)];
    turn.send(node, argv, { do: 'most-keys-counted', slot, left, most, node });
  },
  'most-keys-counted': (turn, { slot, left, most, node }) => {
    if (!turn.isFine(node)) {
      turn.state.found = null;
      return;
    }
    const keys = turn.integer ?? 0;
    const isMost = keys > most || turn.state.found === null;
    if (isMost) turn.state.found = node;
    turn.do({ do: 'most-keys-next', slot, left, most: isMost ? keys : most });
  },
};

/** The owner of a slot in the CLUSTER SLOTS reply at hand, if the tool knows it; else null. */
export function slotOwner(turn: CliTurn, slot: Slot): NodeRef | null {
  const { reply } = turn.state;
  if (reply?.type !== 'array') return null;
  for (const range of reply.items) {
    if (range.type !== 'array') continue;
    const [first, last, master] = range.items;
    if (slot < numberOf(first) || slot > numberOf(last) || master?.type !== 'array') continue;
    const id = master.items[2];
    const owner = id?.type === 'bulk' ? nodeById(turn, id.text) : null;
    if (owner !== null) return owner;
  }
  return null;
}

const numberOf = (reply: Reply | undefined): number =>
  reply?.type === 'integer' ? reply.value : -1;
