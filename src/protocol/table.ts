/**
 * Changes to the table that several rules share: slots, roles, nodes.
 * Source: clusterAddSlot, clusterDelSlot, clusterSetNodeAsMaster, clusterDelNode, src/cluster.c.
 */
import { hasFailed, hasTimedOut, isMaster, isReplica, replicasOf } from './cluster-state';
import { FAIL, MASTER, MIGRATE_TO, MYSELF, PFAIL, REPLICA } from './flags';
import type { NodeId } from './ids';
import { removeChannels } from './messages/pubsub';
import { NO_SLOTS, commonSlots, unionSlots, withoutSlots, type SlotRanges } from './slot-ranges';
import type { Turn } from './turn';

/** Binds slots to a node, taking them from whoever has them. */
export function bindSlots(turn: Turn, ownerId: NodeId, slots: SlotRanges): void {
  if (slots.length === 0) return;
  unbindSlots(turn, slots);
  const owner = turn.edit(ownerId);
  // A node's first slot makes it a target of replica migration, if any master has replicas.
  if (owner.slots.length === 0 && mastersHaveReplicas(turn)) owner.flags |= MIGRATE_TO;
  owner.slots = unionSlots(owner.slots, slots);
}

/** Source: clusterMastersHaveSlaves. */
function mastersHaveReplicas(turn: Turn): boolean {
  return turn.state.nodes.some(({ masterId }) => {
    const master = masterId ? turn.node(masterId) : null;
    return master !== null && !isReplica(master);
  });
}

/**
 * Leaves slots without an owner. A mark that the owner does not claim them stays, whoever comes to
 * own them: in 7.0 only a claim takes it away. Source: clusterDelSlot.
 */
export function unbindSlots(turn: Turn, slots: SlotRanges): void {
  for (const node of turn.state.nodes) {
    const lost = commonSlots(node.slots, slots);
    if (lost.length === 0) continue;
    removeChannels(turn, node.id, lost);
    turn.edit(node.id).slots = withoutSlots(node.slots, slots);
  }
}

/** Drops every slot of one node. Source: clusterDelNodeSlots. */
export function dropNodeSlots(turn: Turn, id: NodeId): void {
  const node = turn.edit(id);
  removeChannels(turn, id, node.slots);
  node.slots = NO_SLOTS;
}

/** Source: clusterNodeAddSlave, clusterNodeRemoveSlave. */
export function setMasterOf(turn: Turn, replicaId: NodeId, masterId: NodeId | null): void {
  const replica = turn.edit(replicaId);
  const previous = replica.masterId;
  if (masterId && masterId !== previous) replica.replicaOrder = turn.state.nextReplica++;
  replica.masterId = masterId;
  if (previous && turn.node(previous) && replicasOf(turn.state, previous).length === 0) {
    turn.edit(previous).flags &= ~MIGRATE_TO;
  }
  if (masterId && turn.node(masterId)) turn.edit(masterId).flags |= MIGRATE_TO;
}

/** Source: clusterSetNodeAsMaster. */
export function setNodeAsMaster(turn: Turn, id: NodeId): void {
  const node = turn.node(id);
  if (!node || isMaster(node)) return;
  if (node.masterId) {
    setMasterOf(turn, id, null);
    if (id !== turn.state.myId) turn.edit(id).flags |= MIGRATE_TO;
  }
  const edited = turn.edit(id);
  edited.flags = (edited.flags & ~REPLICA) | MASTER;
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/** Removes a node, its slots and the reports it made. Source: clusterDelNode. */
export function deleteNode(turn: Turn, id: NodeId): void {
  const { state } = turn;
  state.migratingTo = withoutNode(state.migratingTo, id);
  state.importingFrom = withoutNode(state.importingFrom, id);
  dropNodeSlots(turn, id);
  for (const node of state.nodes) {
    if (node.failReports.some((report) => report.by === id)) {
      const edited = turn.edit(node.id);
      edited.failReports = edited.failReports.filter((report) => report.by !== id);
    }
    if (node.masterId === id) turn.edit(node.id).masterId = null;
  }
  const node = turn.node(id);
  if (node?.link) turn.ask({ type: 'close', connection: node.link.connection });
  if (node?.inbound) turn.ask({ type: 'close', connection: node.inbound.connection });
  if (node?.masterId) setMasterOf(turn, id, null);
  turn.removeNode(id);
}

/** Open slots, without those that lead to one node. */
function withoutNode<T extends Readonly<Record<number, NodeId>>>(open: T, id: NodeId): T {
  const entries = Object.entries(open);
  const rest = entries.filter(([, other]) => other !== id);
  return rest.length === entries.length ? open : (Object.fromEntries(rest) as T);
}

/** Raises or clears PFAIL or FAIL on an entry, and says so. */
export function setFailureFlag(turn: Turn, id: NodeId, flag: 'pfail' | 'fail' | null): void {
  const before = turn.node(id)!;
  const had = { pfail: hasTimedOut(before), fail: hasFailed(before) };
  const node = turn.edit(id);
  node.flags &= ~(PFAIL | FAIL);
  if (flag) node.flags |= flag === 'pfail' ? PFAIL : FAIL;
  const about = turn.nameOf(id);
  const at = turn.state.name;
  for (const name of ['pfail', 'fail'] as const) {
    if (had[name] && flag !== name) turn.note({ event: 'flag.clear', at, about, flag: name });
  }
  if (flag && !had[flag]) turn.note({ event: 'flag.set', at, about, flag });
}

/** Turns this node's own entry into a replica's. Source: first half of clusterSetMaster. */
export function becomeReplicaFlags(turn: Turn): void {
  const me = turn.edit(turn.state.myId);
  me.flags = (me.flags & ~(MASTER | MIGRATE_TO)) | REPLICA | MYSELF;
}
