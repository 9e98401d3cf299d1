/**
 * A replica whose master has others to spare moves to a master that has lost all of its own.
 * Source: clusterHandleSlaveMigration and the orphan counts of clusterCron, src/cluster.c.
 */
import {
  hasFailed,
  hasNoAddress,
  hasSlots,
  hasTimedOut,
  isInHandshake,
  isMaster,
  isReplica,
  replicasOf,
  type ClusterNode,
  type ClusterState,
} from '../cluster-state';
import { REPLICA_MIGRATION_DELAY_MS } from '../config';
import { MIGRATE_TO } from '../flags';
import type { NodeId } from '../ids';
import { setMaster } from '../slots/slot-claims';
import type { Turn } from '../turn';

/** Replicas without FAIL, by master. Source: clusterCountNonFailingSlaves. */
function workingReplicas(state: ClusterState): ReadonlyMap<NodeId, number> {
  const counts = new Map<NodeId, number>();
  for (const node of state.nodes) {
    if (node.masterId === null || hasFailed(node)) continue;
    counts.set(node.masterId, (counts.get(node.masterId) ?? 0) + 1);
  }
  return counts;
}

/** The most working replicas any master has, of those this node counts. */
function mostReplicas(state: ClusterState, counts: ReadonlyMap<NodeId, number>): number {
  return state.nodes
    .filter((node) => isMaster(node) && !hasFailed(node) && isReachable(node))
    .reduce((most, node) => Math.max(most, counts.get(node.id) ?? 0), 0);
}

const isReachable = (node: ClusterNode): boolean => !hasNoAddress(node) && !isInHandshake(node);

/**
 * Whether this replica should look closer: some master is orphaned, its own has at least two
 * working replicas, and no master has more. What every tick of a replica asks.
 */
export function migrationIsDue({ state, me }: Turn): boolean {
  if (!isReplica(me) || me.masterId === null || !state.config.allowReplicaMigration) return false;
  if (isOnlyReplica(state, me.masterId)) return false;
  const counts = workingReplicas(state);
  const most = mostReplicas(state, counts);
  if (most < 2 || counts.get(me.masterId) !== most) return false;
  const master = state.nodes.find(({ id }) => id === me.masterId);
  if (!master || hasFailed(master) || !isReachable(master)) return false;
  return state.nodes.some((node) => isReachable(node) && isOrphan(node, counts) && hasSlots(node));
}

/** Whether a master has at most one working replica: nobody to spare. Quick, so asked first. */
function isOnlyReplica(state: ClusterState, masterId: NodeId): boolean {
  let count = 0;
  for (const node of state.nodes) {
    if (node.masterId === masterId && !hasFailed(node) && ++count > 1) return false;
  }
  return true;
}

/** Works, had replicas once or replaced a master that had some, and has none that works. */
function isOrphan(node: ClusterNode, counts: ReadonlyMap<NodeId, number>): boolean {
  if (!isMaster(node) || hasFailed(node) || (node.flags & MIGRATE_TO) === 0) return false;
  return (counts.get(node.id) ?? 0) === 0;
}

/** Moves this replica if it is the one chosen, and the orphan has waited for more than 5 s. */
export function migrateIfChosen(turn: Turn): void {
  const { state } = turn;
  const { masterId } = turn.me;
  if (state.state !== 'ok' || masterId === null || !canBeSpared(state, masterId)) return;
  const counts = workingReplicas(state);
  markOrphans(turn, counts);
  const target = state.nodes.find((node) => isOrphan(node, counts) && hasSlots(node));
  if (!target || turn.nowMs - target.orphanedMs <= REPLICA_MIGRATION_DELAY_MS) return;
  if (candidate(state, counts) !== state.myId) return;
  turn.log('warning', `Migrating to orphaned master ${target.id}`);
  const [from, to] = [turn.nameOf(masterId), turn.nameOf(target.id)];
  turn.note({ event: 'migrate', node: state.name, from, to });
  setMaster(turn, target.id);
}

function canBeSpared(state: ClusterState, masterId: NodeId): boolean {
  const healthy = replicasOf(state, masterId).filter(
    (node) => !hasFailed(node) && !hasTimedOut(node),
  );
  return healthy.length > state.config.migrationBarrier;
}

/** Since when each master is an orphan; kept up only while this replica looks. */
function markOrphans(turn: Turn, counts: ReadonlyMap<NodeId, number>): void {
  for (const node of turn.state.nodes) {
    if (!isOrphan(node, counts)) {
      if (node.orphanedMs !== 0) turn.edit(node.id).orphanedMs = 0;
    } else if (node.orphanedMs === 0) turn.edit(node.id).orphanedMs = turn.nowMs;
  }
}

/**
 * The smallest id among the replicas of all masters with the most working ones: failed replicas
 * count too, so one of them may be chosen, and then nobody moves.
 */
function candidate(state: ClusterState, counts: ReadonlyMap<NodeId, number>): NodeId {
  const most = mostReplicas(state, counts);
  return state.nodes
    .filter((node) => isMaster(node) && (counts.get(node.id) ?? 0) === most)
    .flatMap((node) => replicasOf(state, node.id))
    .reduce((least, { id }) => (id < least ? id : least), state.myId);
}
