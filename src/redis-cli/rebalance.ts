/**
 * `rebalance`: gives every master as many slots as its weight asks for.
 * Source: clusterManagerCommandRebalance, src/redis-cli.c.
 */
import { SLOT_COUNT } from '../protocol/ids';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { printHundredths } from './check-cluster';
import { decimalIn } from './options';
import { reshardTable, type TableItem } from './reshard';
import type { Tasks } from './task-list';

/** A node and how many slots too many it has; negative: too few. */
export interface Balance {
  readonly node: NodeRef;
  readonly slots: number;
}

interface Weighted {
  readonly node: NodeRef;
  readonly slotsCount: number;
  readonly weight: number;
}

export interface RebalanceTasks {
  'rebalance-loaded': object;
  'rebalance-checked': { readonly involved: readonly NodeRef[]; readonly totalWeight: number };
  /** The neediest first, the richest last; both ends move inwards. */
  'rebalance-next': { readonly nodes: readonly Balance[] };
  'rebalance-move': {
    readonly target: NodeRef;
    readonly table: readonly TableItem[];
    readonly next: number;
  };
  'rebalance-moved': RebalanceTasks['rebalance-move'];
  'rebalance-failed': object;
}

export const REBALANCE_TASKS: Tasks<RebalanceTasks> = {
  'rebalance-loaded': (turn) => {
    if (!takeWeights(turn)) return turn.exit(1);
    const masters = turn.masters().filter((ref) => turn.node(ref).replicate === null);
    const withEmpty = turn.has('--cluster-use-empty-masters');
    const involved = masters.filter((ref) => withEmpty || turn.node(ref).slotsCount > 0);
    const totalWeight = involved.reduce((sum, ref) => Math.fround(sum + turn.node(ref).weight), 0);
    turn.do(
      { do: 'check-cluster', quiet: true },
      { do: 'rebalance-checked', involved, totalWeight },
    );
  },
  'rebalance-checked': (turn, { involved, totalWeight }) => {
    if (turn.state.errors > 0) {
      turn.say('*** Please fix your cluster problems before rebalancing');
      return turn.exit(1);
    }
    begin(turn, involved, totalWeight);
  },
  'rebalance-next': moveBetweenEnds,
  'rebalance-move': (turn, { target, table, next }) => {
    const item = table[next];
    if (!item) return turn.print('\n');
    const move = { ...item, target, cold: false, update: true, quiet: true, dots: false };
    const done = { do: 'rebalance-moved', target, table, next: next + 1 } as const;
    turn.attempt(
      { do: 'move-slot', ...move, handsUp: true },
      { done, failed: { do: 'rebalance-failed' } },
    );
  },
  'rebalance-moved': (turn, moves) => {
    turn.print('#');
    turn.do({ ...moves, do: 'rebalance-move' });
  },
  'rebalance-failed': (turn) => {
    turn.say(`*** clusterManagerMoveSlot: ${turn.state.failure ?? '(null)'}`);
    turn.exit(1);
  },
};

/** `ID=2`: the beginning of an id is enough. */
function takeWeights(turn: CliTurn): boolean {
  for (const word of turn.state.options.weights ?? []) {
    const at = word.indexOf('=');
    const id = word.slice(0, at);
    const ref = turn.state.nodes.find((one) => turn.node(one).name?.startsWith(id.toLowerCase()));
    if (ref === undefined) {
      turn.say(`*** No such master node ${id}`);
      return false;
    }
    turn.change(ref, { weight: Math.fround(decimalIn(word.slice(at + 1))) });
  }
  return true;
}

function begin(turn: CliTurn, involved: readonly NodeRef[], totalWeight: number): void {
  const { threshold } = turn.state.options;
  const weighted = involved.map((node) => {
    const { slotsCount, weight } = turn.node(node);
    return { node, slotsCount, weight };
  });
  const nodes = balances(weighted, totalWeight, threshold);
  if (nodes === null) {
    const percent = printHundredths(threshold);
    return turn.say(`*** No rebalancing needed! All nodes are within the ${percent}% threshold.`);
  }
  const weight = printHundredths(totalWeight);
  turn.say(`>>> Rebalancing across ${involved.length} nodes. Total weight = ${weight}`);
  if (turn.has('--verbose')) {
    for (const { node, slots } of nodes) {
      turn.say(`${turn.address(node)} balance is ${slots} slots`);
    }
  }
  turn.do({ do: 'rebalance-next', nodes });
}

/**
 * Who has too many slots and who too few, the neediest first; null when nobody is off by more than
 * `threshold` percent. Single-precision arithmetic, as in the tool.
 */
export function balances(
  nodes: readonly Weighted[],
  totalWeight: number,
  threshold: number,
): Balance[] | null {
  const perWeight = Math.fround(SLOT_COUNT / totalWeight);
  const found = nodes.map(({ node, slotsCount, weight }) => {
    const expected = Math.trunc(Math.fround(perWeight * weight));
    const offPercent = Math.fround(Math.abs(100 - (100 * expected) / slotsCount));
    const isOff = slotsCount > 0 ? offPercent > threshold : expected > 1;
    return { node, slots: slotsCount - expected, isOff: threshold > 0 && isOff };
  });
  if (!found.some(({ isOff }) => isOff)) return null;
  let surplus = found.reduce((sum, { slots }) => sum + slots, 0);
  // Rounding down leaves slots over: those who are short of some get one more each.
  while (surplus > 0 && found.some(({ slots }) => slots <= 0)) {
    for (const one of found) {
      if (one.slots > 0 || surplus === 0) continue;
      one.slots--;
      surplus--;
    }
  }
  return found.map(({ node, slots }) => ({ node, slots })).sort((a, b) => a.slots - b.slots);
}

function moveBetweenEnds(turn: CliTurn, { nodes }: RebalanceTasks['rebalance-next']): void {
  const [target] = nodes;
  const source = nodes.at(-1);
  if (!target || !source || nodes.length < 2) return;
  const count = Math.min(Math.abs(target.slots), Math.abs(source.slots));
  const rest = [
    ...(target.slots + count === 0 ? [] : [{ ...target, slots: target.slots + count }]),
    ...nodes.slice(1, -1),
    ...(source.slots - count === 0 ? [] : [{ ...source, slots: source.slots - count }]),
  ];
  if (count === 0 && rest.length === nodes.length) return;
  turn.do({ do: 'rebalance-next', nodes: rest });
  if (count > 0) moveSlots(turn, { source: source.node, target: target.node, count });
}

function moveSlots(
  turn: CliTurn,
  move: { readonly source: NodeRef; readonly target: NodeRef; readonly count: number },
): void {
  const { source, target, count } = move;
  const [from, to] = [turn.address(source), turn.address(target)];
  turn.say(`Moving ${count} slots from ${from} to ${to}`);
  const table = reshardTable((ref) => turn.node(ref), [source], count);
  if (table.length !== count) {
    turn.print('*** Assertion failed: Reshard table != number of slots');
    return turn.exit(1);
  }
  if (turn.has('--cluster-simulate')) turn.say('#'.repeat(count));
  else turn.do({ do: 'rebalance-move', target, table, next: 0 });
}
