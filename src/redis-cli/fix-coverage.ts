/**
 * Mending slots that nobody owns: whoever has keys of one gets it, else anybody.
 * Source: clusterManagerFixSlotsCoverage, src/redis-cli.c.
 */
import { PURPOSE, drawInt } from '../protocol/draw';
import type { Slot } from '../protocol/ids';
import { ALL_SLOTS, eachSlot, slotsOf, withoutSlots } from '../protocol/slot-ranges';
import { coveredSlots } from './check-cluster';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { confirm } from './command-tasks';
import { orderOfDict } from './dict-order';
import { refuseUnreachable } from './fix-open-slot';
import { printBrackets, withSlot } from './manager-node';
import { setSlot } from './move-slot';
import type { Task, Tasks } from './task-list';

/** A slot without owner, and who has keys of it. */
interface Uncovered {
  readonly slot: Slot;
  readonly holders: readonly NodeRef[];
}

interface Search {
  readonly slots: readonly Slot[];
  readonly next: number;
  readonly left: readonly NodeRef[];
  /** Only slots that somebody has keys of. */
  readonly found: readonly Uncovered[];
}

interface Groups {
  readonly none: readonly Slot[];
  readonly single: readonly Uncovered[];
  readonly multi: readonly Uncovered[];
}

export interface FixCoverageTasks {
  'fix-coverage': object;
  'search-keys': Search;
  'keys-found': Search & { readonly node: NodeRef };
  'cover-none': Groups;
  'cover-single': Groups;
  'cover-multi': Groups;
  'cover-next': { readonly slots: readonly Slot[]; readonly next: number };
  'cover-with': Uncovered & { readonly node: NodeRef };
  'slot-covered': { readonly slot: Slot; readonly node: NodeRef };
  'gather-keys': Uncovered;
  'keys-gathered': Uncovered;
}

export const FIX_COVERAGE_TASKS: Tasks<FixCoverageTasks> = {
  'fix-coverage': (turn) => {
    if (refuseUnreachable(turn, 'slots coverage')) return;
    turn.say('>>> Fixing slots coverage...');
    const slots = [...eachSlot(withoutSlots(ALL_SLOTS, coveredSlots(turn)))];
    turn.do({ do: 'search-keys', slots, next: 0, left: owners(turn), found: [] });
  },
  'search-keys': searchKeys,
  'keys-found': (turn, { node, ...search }) => {
    const { reply } = turn.state;
    if (!turn.isFine(node)) return turn.fail();
    const hasKeys = reply?.type === 'array' && reply.items.length > 0;
    const found = hasKeys ? withHolder(search.found, search.slots[search.next]!, node) : null;
    turn.do({ ...search, do: 'search-keys', found: found ?? search.found });
  },
  'cover-none': (turn, groups) => {
    turn.do({ ...groups, do: 'cover-single' });
    if (groups.none.length === 0) return;
    turn.say('The following uncovered slots have no keys across the cluster:');
    turn.say(printBrackets(slotsOf(groups.none)));
    ask(turn, 'Fix these slots by covering with a random node?', [
      { do: 'cover-next', slots: groups.none, next: 0 },
    ]);
  },
  'cover-single': (turn, groups) => {
    turn.do({ ...groups, do: 'cover-multi' });
    if (groups.single.length === 0) return;
    turn.say('The following uncovered slots have keys in just one node:');
    turn.say(printBrackets(slotsOf(groups.single.map(({ slot }) => slot))));
    ask(
      turn,
      'Fix these slots by covering with those nodes?',
      groups.single.map((one): Task => ({ ...one, do: 'cover-with', node: one.holders[0]! })),
    );
  },
  'cover-multi': (turn, { multi }) => {
    if (multi.length === 0) return;
    turn.say('The following uncovered slots have keys in multiple nodes:');
    turn.say(printBrackets(slotsOf(multi.map(({ slot }) => slot))));
    ask(
      turn,
      'Fix these slots by moving keys into a single node?',
      multi.map((one): Task => ({ ...one, do: 'gather-keys' })),
    );
  },
  'cover-next': (turn, { slots, next }) => {
    const slot = slots[next];
    if (slot === undefined) return;
    turn.do(
      { do: 'cover-with', slot, holders: [], node: anyMaster(turn) },
      { do: 'cover-next', slots, next: next + 1 },
    );
  },
  'cover-with': (turn, { slot, node }) => {
    turn.say(`>>> Covering slot ${slot} with ${turn.address(node)}`);
    turn.do({ do: 'set-slot-owner', node, slot, clear: false }, { do: 'slot-covered', slot, node });
  },
  'slot-covered': (turn, { slot, node }) => {
    turn.change(node, { slots: withSlot(turn.node(node).slots, slot) });
    turn.state.ok = true;
  },
  'gather-keys': (turn, uncovered) => {
    const { slot, holders } = uncovered;
    turn.do({ do: 'most-keys', slot, nodes: holders }, { ...uncovered, do: 'keys-gathered' });
  },
  'keys-gathered': gatherKeys,
};

const owners = (turn: CliTurn): NodeRef[] =>
  turn.masters().filter((ref) => turn.node(ref).replicate === null);

function searchKeys(turn: CliTurn, search: Search): void {
  const { slots, next } = search;
  const [node, ...left] = search.left;
  if (node === undefined) {
    const isLast = next + 1 >= slots.length;
    if (isLast) return turn.do({ do: 'cover-none', ...groupsOf(search) });
    return turn.do({ ...search, do: 'search-keys', next: next + 1, left: owners(turn) });
  }
  const argv = ['CLUSTER', 'GETKEYSINSLOT', String(slots[next]!), '1'];
  turn.send(node, argv, { ...search, do: 'keys-found', left, node });
}

function withHolder(found: readonly Uncovered[], slot: Slot, node: NodeRef): Uncovered[] {
  const last = found.at(-1);
  if (last?.slot !== slot) return [...found, { slot, holders: [node] }];
  return [...found.slice(0, -1), { slot, holders: [...last.holders, node] }];
}

/** The slots in the order of the tool's dictionary, by how many nodes have keys of them. */
function groupsOf({ slots, found }: Search): Groups {
  const holders = new Map(found.map((one) => [one.slot, one.holders]));
  const all = orderOfDict(slots.map(String)).map((text): Uncovered => {
    const slot = Number(text);
    return { slot, holders: holders.get(slot) ?? [] };
  });
  return {
    none: all.filter((one) => one.holders.length === 0).map(({ slot }) => slot),
    single: all.filter((one) => one.holders.length === 1),
    multi: all.filter((one) => one.holders.length > 1),
  };
}

/** These questions are asked even with --cluster-yes. Another answer leaves the slots alone. */
function ask(turn: CliTurn, question: string, then: readonly Task[]): void {
  confirm(turn, question, {
    insist: true,
    yes: { do: 'all-of', tasks: then },
    no: { do: 'nothing' },
  });
}

/**
 * Any master. The tool's dice start anew from the second on the clock, so that within one second
 * they always fall the same.
 */
function anyMaster(turn: CliTurn): NodeRef {
  const masters = turn.masters();
  const second = Math.floor(turn.nowMs / 1_000);
  return masters[drawInt(masters.length, turn.state.seed, PURPOSE.coveringMaster, second)]!;
}

function gatherKeys(turn: CliTurn, { slot, holders }: Uncovered): void {
  const target = turn.state.found;
  if (target === null) return turn.fail();
  turn.say(`>>> Covering slot ${slot} moving keys to ${turn.address(target)}`);
  const said = { cold: true, update: false, quiet: false, dots: true, handsUp: false };
  const argv = ['CLUSTER', 'SETSLOT', String(slot), 'STABLE'];
  const moves = holders
    .filter((ref) => ref !== target)
    .flatMap((source): Task[] => [
      setSlot(source, slot, 'NODE', target),
      // Importing, though keys leave: so that MIGRATE is not redirected.
      setSlot(source, slot, 'IMPORTING', target),
      { do: 'move-slot', slot, source, target, ...said },
      { do: 'command', node: source, argv, must: true },
    ]);
  turn.do(
    { do: 'set-slot-owner', node: target, slot, clear: true },
    { do: 'slot-covered', slot, node: target },
    ...moves,
  );
}
