/**
 * CLUSTER subcommands about slots and the keys in them.
 * Simplified: SETSLOT, GETKEYSINSLOT, DELSLOTSRANGE and FLUSHSLOTS are not there yet.
 * Source: clusterCommand, src/cluster.c.
 */
import { slotOwner } from '../cluster-state';
import { SLOT_COUNT, type Slot } from '../ids';
import { keySlot } from '../key-slot';
import { keysInSlot } from '../keyspace';
import { OK, err, type Reply } from '../reply';
import { slotsOf } from '../slot-ranges';
import { bindSlots, unbindSlots } from '../table';
import type { Turn } from '../turn';
import { integer, type Subcommands } from './subcommand';

export const SLOT_SUBCOMMANDS: Subcommands = {
  KEYSLOT: { arity: 3, run: (_, [key]) => integer(keySlot(key!)) },
  COUNTKEYSINSLOT: { arity: 3, run: (turn, [slot]) => countKeysInSlot(turn, slot!) },
  ADDSLOTS: { arity: -3, run: (turn, slots) => addSlots(turn, slots.map(Number)) },
  ADDSLOTSRANGE: { arity: -4, run: (turn, bounds) => addSlotsRange(turn, bounds) },
  DELSLOTS: { arity: -3, run: (turn, slots) => deleteSlots(turn, slots.map(Number)) },
};

function countKeysInSlot(turn: Turn, text: string): Reply {
  if (!/^-?\d+$/.test(text)) return err('value is not an integer or out of range');
  const slot = Number(text);
  if (!isSlot(slot)) return err('Invalid slot');
  return integer(keysInSlot(turn.state.keys, slot).length);
}

const isSlot = (slot: number): slot is Slot =>
  Number.isInteger(slot) && slot >= 0 && slot < SLOT_COUNT;

function addSlots(turn: Turn, slots: readonly number[]): Reply {
  const problem = slotProblem(slots, (slot) =>
    slotOwner(turn.state, slot) ? `Slot ${slot} is already busy` : null,
  );
  if (problem) return problem;
  bindSlots(turn, turn.state.myId, slotsOf(slots));
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

function addSlotsRange(turn: Turn, bounds: readonly string[]): Reply {
  if (bounds.length % 2 === 1) {
    return err("wrong number of arguments for 'cluster|addslotsrange' command");
  }
  const slots: number[] = [];
  for (let i = 0; i < bounds.length; i += 2) {
    const [first, last] = [Number(bounds[i]), Number(bounds[i + 1])];
    if (!isSlot(first) || !isSlot(last)) return err('Invalid or out of range slot');
    if (first > last) {
      return err(`start slot number ${first} is greater than end slot number ${last}`);
    }
    for (let slot = first; slot <= last; slot++) slots.push(slot);
  }
  return addSlots(turn, slots);
}

/** Local only: nobody else is told, and the others keep sending clients here. */
function deleteSlots(turn: Turn, slots: readonly number[]): Reply {
  const problem = slotProblem(slots, (slot) =>
    slotOwner(turn.state, slot) ? null : `Slot ${slot} is already unassigned`,
  );
  if (problem) return problem;
  unbindSlots(turn, slotsOf(slots));
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

/** All or nothing: the first thing wrong with a list of slots, or null. */
function slotProblem(slots: readonly number[], check: (slot: Slot) => string | null): Reply | null {
  if (!slots.every(isSlot)) return err('Invalid or out of range slot');
  const seen = new Set<Slot>();
  for (const slot of slots) {
    const text = check(slot) ?? (seen.has(slot) ? `Slot ${slot} specified multiple times` : null);
    if (text) return err(text);
    seen.add(slot);
  }
  return null;
}
