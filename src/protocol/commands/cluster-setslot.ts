/**
 * CLUSTER SETSLOT: opens a slot at one end, closes it, or says whose it is. Marks are this node's
 * own affair: no message carries them.
 * Source: clusterCommand (SETSLOT), src/cluster.c.
 */
import { hasSlots, isReplica, lookupNode, slotOwner, type ClusterNode } from '../cluster-state';
import type { NodeId, Slot } from '../ids';
import { keysInSlot } from '../keyspace';
import { OK, err, type Reply } from '../reply';
import { broadcastPong } from '../messages/send';
import { bumpConfigEpoch, setMaster } from '../slots/slot-claims';
import { bindSlots } from '../table';
import type { Turn } from '../turn';
import { parseSlot } from './command';

/** SETSLOT slot MIGRATING id | IMPORTING id | STABLE | NODE id. */
export function setSlot(turn: Turn, args: readonly string[]): Reply {
  if (isReplica(turn.me)) return err('Please use SETSLOT only with masters.');
  const [slotText, action, id] = args;
  const slot = parseSlot(slotText!);
  if (slot === null) return err('Invalid or out of range slot');
  const form = `${action!.toUpperCase()}/${args.length}`;
  const rule = FORMS[form];
  if (!rule) {
    return err('Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP');
  }
  const problem = rule(turn, slot, id as NodeId);
  if (problem) return problem;
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
  return OK;
}

type Form = (turn: Turn, slot: Slot, id: NodeId) => Reply | null;

/** By action and number of words. */
const FORMS: Readonly<Record<string, Form>> = {
  'MIGRATING/3': (turn, slot, id) => open(turn, 'migrating', slot, id),
  'IMPORTING/3': (turn, slot, id) => open(turn, 'importing', slot, id),
  'STABLE/2': stable,
  'NODE/3': setOwner,
};

type Mark = 'migrating' | 'importing';

function open(turn: Turn, mark: Mark, slot: Slot, id: NodeId): Reply | null {
  const isMine = slotOwner(turn.state, slot)?.id === turn.state.myId;
  if (mark === 'migrating' && !isMine) return err(`I'm not the owner of hash slot ${slot}`);
  if (mark === 'importing' && isMine) return err(`I'm already the owner of hash slot ${slot}`);
  const peer = lookupNode(turn.state, id);
  if (!peer) return err(`I don't know about node ${id}`);
  if (isReplica(peer)) return err('Target node is not a master');
  setMark(turn, mark, slot, id);
  return null;
}

/** Sets or takes away one mark, and says so. */
function setMark(turn: Turn, mark: Mark, slot: Slot, id: NodeId | null): void {
  const field = mark === 'migrating' ? 'migratingTo' : 'importingFrom';
  const marks = { ...turn.state[field] };
  const had = marks[slot];
  delete marks[slot];
  if (id) marks[slot] = id;
  turn.state[field] = marks;
  const { name: node } = turn.state;
  if (id) turn.note({ event: 'slot.open', node, slot, mark, peer: turn.nameOf(id) });
  else if (had) turn.note({ event: 'slot.close', node, slot, mark });
}

function stable(turn: Turn, slot: Slot): null {
  setMark(turn, 'importing', slot, null);
  setMark(turn, 'migrating', slot, null);
  return null;
}

function setOwner(turn: Turn, slot: Slot, id: NodeId): Reply | null {
  const { state } = turn;
  const owner = lookupNode(state, id);
  if (!owner) return err(`Unknown node ${id}`);
  if (isReplica(owner)) return err('Target node is not a master');
  const wasMine = slotOwner(state, slot)?.id === state.myId;
  const isEmpty = keysInSlot(state.keys, slot).length === 0;
  if (wasMine && id !== state.myId && !isEmpty) {
    return err(
      `Can't assign hashslot ${slot} to a different node while I still hold keys for this hash slot.`,
    );
  }
  if (isEmpty) setMark(turn, 'migrating', slot, null);
  bindSlots(turn, id, [[slot, slot]]);
  if (wasMine && id !== state.myId) followLastSlot(turn, owner);
  const wasImporting = state.importingFrom[slot] !== undefined;
  if (id === state.myId && wasImporting) takeImported(turn, slot);
  const epoch = turn.node(id)!.configEpoch;
  turn.note({
    event: 'slot.owner',
    node: state.name,
    slots: String(slot),
    owner: turn.nameOf(id),
    epoch,
    by: 'order',
  });
  return null;
}

/** A master that has given its last slot away becomes a replica of the taker. */
function followLastSlot(turn: Turn, owner: ClusterNode): void {
  if (hasSlots(turn.me) || !turn.state.config.allowReplicaMigration) return;
  turn.log(
    'warning',
    `Configuration change detected. Reconfiguring myself as a replica of ${owner.id}`,
  );
  setMaster(turn, owner.id);
}

/** An imported slot is mine: under a new epoch, so that the others believe it, and told at once. */
function takeImported(turn: Turn, slot: Slot): void {
  if (bumpConfigEpoch(turn)) {
    turn.log('warning', `configEpoch updated after importing slot ${slot}`);
  }
  setMark(turn, 'importing', slot, null);
  broadcastPong(turn, 'all');
}
