/**
 * `check` and `info`: how many keys, slots and replicas, and whether the cluster is sound. `fix` is
 * the same with mending.
 * Source: clusterManagerCheckCluster, clusterManagerShowClusterInfo, clusterManagerCommandCheck,
 * src/redis-cli.c.
 */
import { SLOT_COUNT, type Slot } from '../protocol/ids';
import { hasSlot, slotCount, unionSlots, type SlotRanges } from '../protocol/slot-ranges';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { orderOfDict } from './dict-order';
import { printNode } from './manager-node';
import { wholeNumberIn } from './options';
import type { Task, Tasks } from './task-list';

interface Totals {
  readonly left: readonly NodeRef[];
  readonly masters: number;
  readonly keys: number;
}

interface SearchedSlot {
  readonly slot: Slot;
  readonly left: readonly NodeRef[];
  readonly owners: readonly NodeRef[];
  /** How many slots are left with more than one owner. */
  readonly multiple: number;
}

export interface CheckTasks {
  'show-info': object;
  'show-master': Totals;
  'count-keys': Totals & { readonly node: NodeRef };
  /** Prints the findings; `state.ok` tells whether there were none. */
  'check-cluster': { readonly quiet: boolean };
  'check-compared': object;
  'fix-open-slots': { readonly slots: readonly Slot[] };
  'open-slot-fixed': { readonly left: readonly Slot[] };
  'check-coverage': object;
  'went-wrong': object;
  'start-search': object;
  'search-owners': { readonly slot: Slot; readonly multiple: number };
  'search-owner': SearchedSlot;
  'owner-counted': SearchedSlot & { readonly node: NodeRef };
  'owners-fixed': { readonly slot: Slot; readonly multiple: number };
  'owners-not-fixed': { readonly slot: Slot; readonly multiple: number };
}

export const CHECK_TASKS: Tasks<CheckTasks> = {
  'show-info': (turn) => turn.do({ do: 'show-master', left: turn.masters(), masters: 0, keys: 0 }),
  'show-master': (turn, totals) => {
    const [node, ...left] = totals.left;
    if (node === undefined) return showTotals(turn, totals);
    turn.send(node, ['DBSIZE'], { ...totals, do: 'count-keys', node, left });
  },
  'count-keys': (turn, { node, left, masters, keys }) => {
    const count = turn.integer;
    if (count === null) return turn.printError(node, turn.error ?? '');
    turn.say(masterLine(turn, node, count));
    turn.do({ do: 'show-master', left, masters: masters + 1, keys: keys + count });
  },
  'check-cluster': (turn, { quiet }) => {
    const { nodes } = turn.state;
    turn.say(`>>> Performing Cluster Check (using node ${turn.address(nodes[0]!)})`);
    if (!quiet) for (const ref of nodes) turn.say(printNode(turn.node(ref)));
    turn.do({ do: 'compare' }, { do: 'check-compared' });
  },
  'check-compared': (turn) => {
    if (turn.state.ok) turn.say('[OK] All nodes agree about slots configuration.');
    else problem(turn, "[ERR] Nodes don't agree about configuration!");
    const search: Task[] = turn.has('--cluster-search-multiple-owners')
      ? [{ do: 'start-search' }]
      : [];
    turn.do({ do: 'check-coverage' }, ...search);
    checkOpenSlots(turn);
  },
  'fix-open-slots': (turn, { slots }) => {
    const [slot, ...left] = slots;
    if (slot === undefined) return;
    const done: Task = { do: 'open-slot-fixed', left };
    turn.attempt({ do: 'fix-open-slot', slot }, { done, failed: { do: 'went-wrong' } });
  },
  'open-slot-fixed': (turn, { left }) => {
    turn.state.ok = true;
    turn.do({ do: 'fix-open-slots', slots: left });
  },
  'check-coverage': checkCoverage,
  'went-wrong': (turn) => (turn.state.ok = false),
  'start-search': (turn) => {
    turn.say('>>> Check for multiple slot owners...');
    turn.do({ do: 'search-owners', slot: 0, multiple: 0 });
  },
  'search-owners': (turn, { slot, multiple }) => {
    if (slot < SLOT_COUNT) {
      turn.do({ do: 'search-owner', slot, left: turn.masters(), owners: [], multiple });
    } else if (multiple === 0) turn.say('[OK] No multiple owners found.');
  },
  'search-owner': searchOwner,
  'owner-counted': (turn, { node, ...search }) => {
    const owns = turn.isFine(node) && (turn.integer ?? 0) > 0;
    const owners = owns ? [...search.owners, node] : search.owners;
    turn.do({ do: 'search-owner', ...search, owners });
  },
  'owners-fixed': (turn, { slot, multiple }) => {
    turn.state.ok = true;
    turn.do({ do: 'search-owners', slot: slot + 1, multiple: multiple - 1 });
  },
  'owners-not-fixed': (turn, { slot }) => {
    turn.state.ok = false;
    turn.say(`Failed to fix multiple owners for slot ${slot}`);
  },
};

function showTotals(turn: CliTurn, { keys, masters }: Totals): void {
  turn.say(`[OK] ${keys} keys in ${masters} masters.`);
  const perSlot = Math.fround(keys / SLOT_COUNT);
  turn.say(`${printHundredths(perSlot)} keys per slot on average.`);
}

function masterLine(turn: CliTurn, ref: NodeRef, keys: number): string {
  const { name, slotsCount } = turn.node(ref);
  const replicas = turn.state.nodes.filter((other) => {
    const { isReplica, replicate } = turn.node(other);
    return other !== ref && isReplica && replicate === name;
  });
  const who = `${turn.address(ref)} (${(name ?? '').slice(0, 8)}...)`;
  return `${who} -> ${keys} keys | ${slotsCount} slots | ${replicas.length} slaves.`;
}

/** Two digits after the point; exactly half of a hundredth goes to the even one, as in C. */
export function printHundredths(value: number): string {
  const isHalf = Number.isInteger(value * 8) && Math.abs((value * 100) % 1) === 0.5;
  if (!isHalf) return value.toFixed(2);
  const down = Math.floor(value * 100);
  return ((down % 2 === 0 ? down : down + 1) / 100).toFixed(2);
}

/** Prints a problem and counts it: reshard and rebalance refuse to work on top of one. */
function problem(turn: CliTurn, line: string): void {
  turn.state.errors++;
  turn.state.ok = false;
  turn.say(line);
}

function checkOpenSlots(turn: CliTurn): void {
  turn.say('>>> Check for open slots...');
  const open: string[] = [];
  for (const ref of turn.state.nodes) {
    for (const direction of ['migrating', 'importing'] as const) {
      const slots = turn.node(ref)[direction].map(({ slot }) => slot);
      if (slots.length === 0) continue;
      open.push(...slots);
      const where = `[WARNING] Node ${turn.address(ref)} has slots in ${direction} state`;
      problem(turn, `${where} ${slots.join(',')}.`);
    }
  }
  if (open.length === 0) return;
  const order = orderOfDict(open);
  turn.say(`[WARNING] The following slots are open: ${order.join(',')}.`);
  if (isFix(turn)) turn.do({ do: 'fix-open-slots', slots: order.map(wholeNumberIn) });
}

const isFix = (turn: CliTurn): boolean => turn.state.options.command === 'fix';

/** Every slot that some node says is its own. */
export function coveredSlots(turn: CliTurn): SlotRanges {
  return turn.state.nodes.reduce<SlotRanges>(
    (all, ref) => unionSlots(all, turn.node(ref).slots),
    [],
  );
}

function checkCoverage(turn: CliTurn): void {
  turn.say('>>> Check slots coverage...');
  if (slotCount(coveredSlots(turn)) === SLOT_COUNT) {
    return turn.say(`[OK] All ${SLOT_COUNT} slots covered.`);
  }
  problem(turn, `[ERR] Not all ${SLOT_COUNT} slots are covered by nodes.\n`);
  if (!isFix(turn)) return;
  const failed: Task = { do: 'went-wrong' };
  turn.attempt({ do: 'fix-coverage' }, { done: { do: 'nothing' }, failed });
}

/** Whoever claims the slot, or holds keys of it, counts as an owner. */
function searchOwner(turn: CliTurn, search: SearchedSlot): void {
  const { slot, owners, multiple } = search;
  const [node, ...left] = search.left;
  if (node === undefined) return judgeOwners(turn, slot, owners, multiple);
  if (hasSlot(turn.node(node).slots, slot)) {
    return turn.do({ do: 'search-owner', ...search, left, owners: [...owners, node] });
  }
  const argv = ['CLUSTER', 'COUNTKEYSINSLOT', String(slot)];
  turn.send(node, argv, { do: 'owner-counted', ...search, left, node });
}

function judgeOwners(
  turn: CliTurn,
  slot: Slot,
  owners: readonly NodeRef[],
  multiple: number,
): void {
  if (owners.length < 2) return turn.do({ do: 'search-owners', slot: slot + 1, multiple });
  turn.state.ok = false;
  turn.say(`[WARNING] Slot ${slot} has ${owners.length} owners:`);
  for (const owner of owners) turn.say(`    ${turn.address(owner)}`);
  const found = { slot, multiple: multiple + 1 };
  if (!isFix(turn)) return turn.do({ do: 'search-owners', slot: slot + 1, multiple: multiple + 1 });
  turn.attempt(
    { do: 'fix-owners', slot, owners },
    { done: { do: 'owners-fixed', ...found }, failed: { do: 'owners-not-fixed', ...found } },
  );
}
