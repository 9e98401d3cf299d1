/**
 * Mending a slot that is open (migrating here, importing there): first, who has to do with it, and
 * who is to own it.
 * Source: clusterManagerFixOpenSlot, src/redis-cli.c.
 */
import type { Slot } from '../protocol/ids';
import { hasSlot, slotsOf, withoutSlots } from '../protocol/slot-ranges';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { withSlot } from './manager-node';
import { setSlot } from './move-slot';
import { wholeNumberIn } from './options';
import type { Tasks } from './task-list';

/** What is known so far about an open slot. */
export interface OpenSlotCase {
  readonly slot: Slot;
  /** Who claims it in its table, or holds keys of it. */
  readonly owners: readonly NodeRef[];
  readonly owner: NodeRef | null;
  readonly migrating: readonly NodeRef[];
  readonly importing: readonly NodeRef[];
}

type Scan = OpenSlotCase & { readonly left: readonly NodeRef[] };

export interface FixOpenSlotTasks {
  'fix-open-slot': { readonly slot: Slot };
  'find-owners': Scan;
  'owner-keys-counted': Scan & { readonly node: NodeRef };
  'find-open': Scan;
  'open-keys-counted': Scan & { readonly node: NodeRef };
  'open-found': OpenSlotCase;
  'owner-by-keys': OpenSlotCase;
  'owner-set': OpenSlotCase;
  'one-owner-only': OpenSlotCase;
  'owner-demoted': { readonly slot: Slot; readonly node: NodeRef };
}

export const FIX_OPEN_SLOT_TASKS: Tasks<FixOpenSlotTasks> = {
  'fix-open-slot': (turn, { slot }) => {
    if (refuseUnreachable(turn, 'open slots')) return;
    turn.say(`>>> Fixing open slot ${slot}`);
    const nothing = { owners: [], owner: null, migrating: [], importing: [] };
    turn.do({ do: 'find-owners', slot, ...nothing, left: turn.masters() });
  },
  'find-owners': findOwners,
  'owner-keys-counted': (turn, { node, ...scan }) => {
    if (!turn.isFine(node)) return turn.fail();
    const holdsKeys = (turn.integer ?? 0) > 0;
    if (holdsKeys) {
      const where = `in non-owner node ${turn.address(node)}!`;
      turn.say(`*** Found keys about slot ${scan.slot} ${where}`);
    }
    const owners = holdsKeys ? [...scan.owners, node] : scan.owners;
    turn.do({ ...scan, do: 'find-owners', owners });
  },
  'find-open': findOpen,
  'open-keys-counted': (turn, { node, ...scan }) => {
    if (!turn.isFine(node)) return turn.fail();
    const holdsKeys = (turn.integer ?? 0) > 0;
    if (holdsKeys) {
      turn.say(`*** Found keys about slot ${scan.slot} in node ${turn.address(node)}!`);
    }
    const importing = holdsKeys ? [...scan.importing, node] : scan.importing;
    turn.do({ ...scan, do: 'find-open', importing });
  },
  'open-found': (turn, found) => {
    const { slot, owner, migrating, importing } = found;
    if (migrating.length > 0) turn.say(`Set as migrating in: ${addresses(turn, migrating)}`);
    if (importing.length > 0) turn.say(`Set as importing in: ${addresses(turn, importing)}`);
    if (owner !== null) return turn.do({ ...found, do: 'one-owner-only' });
    turn.say('>>> No single clear owner for the slot, selecting an owner by # of keys...');
    turn.do({ do: 'most-keys', slot, nodes: turn.state.nodes }, { ...found, do: 'owner-by-keys' });
  },
  'owner-by-keys': (turn, found) => {
    const { slot } = found;
    const owner = turn.state.found;
    if (owner === null) {
      turn.say("[ERR] Can't select a slot owner. Impossible to fix.");
      return turn.fail();
    }
    turn.say(`*** Configuring ${turn.address(owner)} as the slot owner`);
    const argv = ['CLUSTER', 'SETSLOT', String(slot), 'STABLE'];
    turn.do(
      { do: 'command', node: owner, argv, must: true },
      { do: 'set-slot-owner', node: owner, slot, clear: false },
      { ...found, do: 'owner-set', owner },
    );
  },
  'owner-set': (turn, found) => {
    const owner = found.owner!;
    turn.change(owner, { slots: withSlot(turn.node(owner).slots, found.slot) });
    const others = (refs: readonly NodeRef[]): NodeRef[] => refs.filter((ref) => ref !== owner);
    const migrating = others(found.migrating);
    turn.do({ ...found, do: 'one-owner-only', migrating, importing: others(found.importing) });
  },
  'one-owner-only': oneOwnerOnly,
  'owner-demoted': (turn, { node, slot }) => {
    turn.change(node, { slots: withoutSlots(turn.node(node).slots, slotsOf([slot])) });
  },
};

/**
 * Mending while masters are out of reach could give their slots away: the tool refuses unless told
 * otherwise. True if it did.
 */
export function refuseUnreachable(turn: CliTurn, what: 'open slots' | 'slots coverage'): boolean {
  const { unreachableMasters } = turn.state;
  const isForced = turn.has('--cluster-fix-with-unreachable-masters');
  if (unreachableMasters === 0 || isForced) return false;
  turn.say(
    `*** Fixing ${what} with ${unreachableMasters} unreachable masters is dangerous: redis-cli ` +
      'will assume that slots about masters that are not reachable are not covered, and will ' +
      'try to reassign them to the reachable nodes. This can cause data loss and is rarely what ' +
      'you want to do. If you really want to proceed use the ' +
      '--cluster-fix-with-unreachable-masters option.',
  );
  turn.exit(1);
  return true;
}

export const addresses = (turn: CliTurn, refs: readonly NodeRef[]): string =>
  refs.map((ref) => turn.address(ref)).join(',');

function findOwners(turn: CliTurn, scan: Scan): void {
  const { slot, owners } = scan;
  const [node, ...left] = scan.left;
  if (node === undefined) {
    const owner = owners.length === 1 ? owners[0]! : null;
    return turn.do({ ...scan, do: 'find-open', owner, left: turn.masters() });
  }
  if (hasSlot(turn.node(node).slots, slot)) {
    return turn.do({ ...scan, do: 'find-owners', left, owners: [...owners, node] });
  }
  const argv = ['CLUSTER', 'COUNTKEYSINSLOT', String(slot)];
  turn.send(node, argv, { ...scan, do: 'owner-keys-counted', left, node });
}

function findOpen(turn: CliTurn, scan: Scan): void {
  const { slot, owner, migrating, importing } = scan;
  const [node, ...left] = scan.left;
  if (node === undefined) return turn.do({ ...scan, do: 'open-found' });
  const known = turn.node(node);
  const isOf = ({ slot: text }: { readonly slot: string }): boolean => wholeNumberIn(text) === slot;
  if (known.migrating.some(isOf)) {
    turn.do({ ...scan, do: 'find-open', left, migrating: [...migrating, node] });
  } else if (known.importing.some(isOf)) {
    turn.do({ ...scan, do: 'find-open', left, importing: [...importing, node] });
  } else if (node === owner) {
    turn.do({ ...scan, do: 'find-open', left });
  } else {
    // Neither, and not the owner: keys of the slot make it one of the importing.
    const argv = ['CLUSTER', 'COUNTKEYSINSLOT', String(slot)];
    turn.send(node, argv, { ...scan, do: 'open-keys-counted', left, node });
  }
}

/** All who claim the slot but the owner give it up and become importing. */
function oneOwnerOnly(turn: CliTurn, found: OpenSlotCase): void {
  const { slot, owners } = found;
  const owner = found.owner!;
  const others = owners.length > 1 ? owners.filter((ref) => ref !== owner) : [];
  const without = (refs: readonly NodeRef[]): NodeRef[] =>
    refs.filter((ref) => !others.includes(ref));
  const migrating = without(found.migrating);
  const importing = [...without(found.importing), ...others];
  turn.do(
    ...others.flatMap((node) => [
      { do: 'delete-slot', node, slot, must: true } as const,
      { do: 'owner-demoted', node, slot } as const,
      setSlot(node, slot, 'node', owner),
      setSlot(node, slot, 'importing', owner),
    ]),
    { ...found, do: 'fix-open-case', migrating, importing },
  );
}
