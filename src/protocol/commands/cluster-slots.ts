/**
 * CLUSTER subcommands about slots and the keys in them. SETSLOT has a file of its own.
 * Source: clusterCommand (ADDSLOTS, DELSLOTS, ADDSLOTSRANGE, DELSLOTSRANGE, FLUSHSLOTS, KEYSLOT,
 * COUNTKEYSINSLOT, GETKEYSINSLOT), checkSlotAssignmentsOrReply, clusterUpdateSlots, src/cluster.c.
 */
import { slotOwner } from '../cluster-state';
import { SLOT_COUNT, type Slot } from '../ids';
import { keySlot } from '../key-slot';
import { keysInSlot } from '../keyspace';
import { OK, err, type Reply } from '../reply';
import { slotsOf, type SlotRanges } from '../slot-ranges';
import { bindSlots, dropNodeSlots, unbindSlots } from '../table';
import type { Turn } from '../turn';
import { setSlot } from './cluster-setslot';
import { NOT_AN_INTEGER, parseInteger, parseSlot } from './command';
import { wrongArity } from './container';
import { array, bulk, integer, type Subcommand, type Subcommands } from './subcommand';

/** DELSLOTS and its kin are local: nobody is told, and the others keep sending clients here. */
type Change = 'add' | 'delete';

export const SLOT_SUBCOMMANDS: Subcommands = {
  KEYSLOT: { arity: 3, run: (_, [key]) => integer(keySlot(key!)) },
  COUNTKEYSINSLOT: { arity: 3, run: (turn, [slot]) => countKeysInSlot(turn, slot!) },
  GETKEYSINSLOT: { arity: 4, run: (turn, [slot, count]) => getKeysInSlot(turn, slot!, count!) },
  ADDSLOTS: changesSlots('add'),
  DELSLOTS: changesSlots('delete'),
  ADDSLOTSRANGE: changesRanges('ADDSLOTSRANGE', 'add'),
  DELSLOTSRANGE: changesRanges('DELSLOTSRANGE', 'delete'),
  FLUSHSLOTS: { arity: 2, run: flushSlots },
  SETSLOT: { arity: -4, run: setSlot },
};

function countKeysInSlot(turn: Turn, text: string): Reply {
  const slot = parseInteger(text);
  if (slot === null) return NOT_AN_INTEGER;
  if (slot < 0n || slot >= SLOT_COUNT) return err('Invalid slot');
  return integer(keysInSlot(turn.state.keys, Number(slot)).length);
}

/** The newest first, expired ones too. */
function getKeysInSlot(turn: Turn, slotText: string, countText: string): Reply {
  const [slot, count] = [parseInteger(slotText), parseInteger(countText)];
  if (slot === null || count === null) return NOT_AN_INTEGER;
  if (slot < 0n || slot >= SLOT_COUNT || count < 0n) {
    return err('Invalid slot or number of keys');
  }
  const keys = keysInSlot(turn.state.keys, Number(slot));
  return array(keys.slice(0, Number(count)).map(({ key }) => bulk(key)));
}

const INVALID_SLOT = err('Invalid or out of range slot');

function changesSlots(change: Change): Subcommand {
  return {
    arity: -3,
    run: (turn, words) => {
      const slots = words.map(parseSlot);
      if (slots.includes(null)) return INVALID_SLOT;
      const named = new Set<Slot>();
      for (const slot of slots) {
        const problem = slotProblem(turn, slot!, { change, named });
        if (problem) return problem;
      }
      return changeSlots(turn, slotsOf(named), change);
    },
  };
}

function changesRanges(name: string, change: Change): Subcommand {
  return {
    arity: -4,
    run: (turn, bounds) => {
      if (bounds.length % 2 === 1) return wrongArity('CLUSTER', name);
      const named = new Set<Slot>();
      for (let i = 0; i < bounds.length; i += 2) {
        const [first, last] = [parseSlot(bounds[i]!), parseSlot(bounds[i + 1]!)];
        const problem = rangeProblem(turn, { first, last }, { change, named });
        if (problem) return problem;
      }
      return changeSlots(turn, slotsOf(named), change);
    },
  };
}

interface Checked {
  readonly change: Change;
  /** Slots named so far; what is checked is added. */
  readonly named: Set<Slot>;
}

function rangeProblem(
  turn: Turn,
  { first, last }: { readonly first: Slot | null; readonly last: Slot | null },
  checked: Checked,
): Reply | null {
  if (first === null || last === null) return INVALID_SLOT;
  if (first > last) {
    return err(`start slot number ${first} is greater than end slot number ${last}`);
  }
  for (let slot = first; slot <= last; slot++) {
    const problem = slotProblem(turn, slot, checked);
    if (problem) return problem;
  }
  return null;
}

function slotProblem(turn: Turn, slot: Slot, { change, named }: Checked): Reply | null {
  const isBound = slotOwner(turn.state, slot) !== null;
  if (change === 'delete' && !isBound) return err(`Slot ${slot} is already unassigned`);
  if (change === 'add' && isBound) return err(`Slot ${slot} is already busy`);
  if (named.has(slot)) return err(`Slot ${slot} specified multiple times`);
  named.add(slot);
  return null;
}

/** All or nothing; no import into these slots goes on. */
function changeSlots(turn: Turn, slots: SlotRanges, change: Change): Reply {
  if (change === 'add') bindSlots(turn, turn.state.myId, slots);
  else unbindSlots(turn, slots);
  const isOpen = ([slot]: [string, unknown]): boolean =>
    !slots.some(([first, last]) => Number(slot) >= first && Number(slot) <= last);
  const rest = Object.entries(turn.state.importingFrom).filter(isOpen);
  if (rest.length < Object.keys(turn.state.importingFrom).length) {
    turn.state.importingFrom = Object.fromEntries(rest);
  }
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

function flushSlots(turn: Turn): Reply {
  if (turn.state.keys.count > 0) {
    return err('DB must be empty to perform CLUSTER FLUSHSLOTS.');
  }
  dropNodeSlots(turn, turn.state.myId);
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}
