/**
 * Moving one slot with its keys from a node to another, while clients go on using it.
 * Source: clusterManagerMoveSlot, clusterManagerSetSlot, src/redis-cli.c.
 */
import type { Slot } from '../protocol/ids';
import { slotsOf, withoutSlots } from '../protocol/slot-ranges';
import type { NodeRef } from './cli-state';
import type { CliTurn } from './cli-turn';
import { withSlot } from './manager-node';
import type { Task, Tasks } from './task-list';

export interface SlotMove {
  readonly slot: Slot;
  readonly source: NodeRef;
  readonly target: NodeRef;
  /** Moves keys only; nobody is told about the slot. */
  readonly cold: boolean;
  /** Keeps the tool's own picture of both nodes up to date. */
  readonly update: boolean;
  /** Says nothing. */
  readonly quiet: boolean;
  /** A dot for every key. */
  readonly dots: boolean;
  /** An error is handed to the caller, who prints it; else it is printed where it happens. */
  readonly handsUp: boolean;
}

interface SetSlot {
  readonly node: NodeRef;
  readonly slot: Slot;
  readonly status: string;
  readonly other: NodeRef;
  readonly handsUp: boolean;
  /** `replica`: a source that has become a replica by now is no error; `any`: nothing is. */
  readonly forgives: 'nothing' | 'replica' | 'any';
}

export interface MoveSlotTasks {
  'move-slot': SlotMove;
  'slot-moved': SlotMove;
  'set-slot': SetSlot;
  'slot-set': SetSlot;
}

/** redis-server's answer from a source that lost its last slot and turned into a replica. */
const SOURCE_IS_REPLICA = 'ERR Please use SETSLOT only with masters.';

export const MOVE_SLOT_TASKS: Tasks<MoveSlotTasks> = {
  'move-slot': moveSlot,
  'slot-moved': (turn, { slot, source, target, update }) => {
    if (!update) return;
    const one = slotsOf([slot]);
    turn.change(source, { slots: withoutSlots(turn.node(source).slots, one) });
    turn.change(target, { slots: withSlot(turn.node(target).slots, slot) });
  },
  'set-slot': (turn, set) => {
    const { node, slot, status, other } = set;
    const argv = ['CLUSTER', 'SETSLOT', String(slot), status, turn.node(other).name ?? ''];
    turn.send(node, argv, { ...set, do: 'slot-set' });
  },
  'slot-set': (turn, { node, handsUp, forgives }) => {
    const { error } = turn;
    if (error === null && turn.state.reply !== null) return;
    if (error !== null && !handsUp) turn.printError(node, error);
    if (forgives === 'any') return;
    if (forgives === 'replica' && error?.startsWith(SOURCE_IS_REPLICA)) return;
    turn.fail(handsUp ? (error ?? 'CLUSTER SETSLOT failed to run') : null);
  },
};

/** A plain SETSLOT, whose error is printed and ends what is being done. */
export function setSlot(node: NodeRef, slot: Slot, status: string, other: NodeRef): Task {
  return { do: 'set-slot', node, slot, status, other, handsUp: false, forgives: 'nothing' };
}

function moveSlot(turn: CliTurn, move: SlotMove): void {
  const { slot, source, target, handsUp } = move;
  if (!move.quiet) {
    turn.print(`Moving slot ${slot} from ${turn.address(source)} to ${turn.address(target)}: `);
  }
  const set = { do: 'set-slot', slot, handsUp, forgives: 'nothing' } as const;
  const opened: Task[] = [
    { ...set, node: target, status: 'importing', other: source },
    { ...set, node: source, status: 'migrating', other: target },
  ];
  const node = { ...set, status: 'node', other: target };
  const others = turn.masters().filter((ref) => ref !== source && ref !== target);
  // The target first: were it to crash after the others were told, nobody would own the slot.
  const closed: Task[] = [
    { ...node, node: target },
    { ...node, node: source, forgives: handsUp ? 'replica' : 'any' },
    ...others.map((ref): Task => ({ ...node, node: ref })),
  ];
  turn.do(
    ...(move.cold ? [] : opened),
    { ...move, do: 'migrate-keys' },
    ...(move.cold ? [] : closed),
    { ...move, do: 'slot-moved' },
  );
}
