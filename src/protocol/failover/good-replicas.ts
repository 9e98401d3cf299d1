/**
 * A master may refuse writes that too few replicas would get: a bound on what a failover can lose.
 * Source: refreshGoodSlavesCount, checkGoodReplicasStatus, src/replication.c;
 * min-replicas-to-write, min-replicas-max-lag.
 */
import type { ClusterState } from '../cluster-state';
import type { Turn } from '../turn';

/** Counts the replicas that are online and were heard of lately. */
export function refreshGoodReplicas(turn: Turn): void {
  const { config, replication } = turn.state;
  if (!isAskedFor(config)) return;
  const second = (atMs: number): number => Math.floor(atMs / 1_000);
  const good = replication.replicas.filter(
    ({ state, ackMs }) =>
      state === 'online' &&
      (second(turn.nowMs) - second(ackMs)) * 1_000 <= config.minReplicasMaxLagMs,
  );
  turn.editReplication({ goodReplicas: good.length });
}

/** Whether a write may be accepted, as counted last. A replica leaves that to its master. */
export function hasEnoughReplicas({ config, replication }: ClusterState): boolean {
  if (replication.masterPort !== 0 || !isAskedFor(config)) return true;
  return replication.goodReplicas >= config.minReplicasToWrite;
}

const isAskedFor = (config: ClusterState['config']): boolean =>
  config.minReplicasToWrite > 0 && config.minReplicasMaxLagMs > 0;
