/** A script: what is done to a cluster, once for both worlds. */
import type { ClusterShape } from '../cluster';
import type { Stage } from '../stage';

export interface Script {
  readonly name: string;
  /** One sentence for the report. */
  readonly what: string;
  readonly shape: Pick<ClusterShape, 'masters' | 'replicasPerMaster' | 'proxied' | 'start'>;
  /** Part of the short run. */
  readonly isShort?: boolean;
  play(stage: Stage): Promise<void>;
}

export const SIX_NODES = {
  masters: 3,
  replicasPerMaster: 1,
  proxied: false,
  start: 'create',
} as const;

/** A cluster of redis-cli, at rest: the usual beginning. */
export async function createdCluster(stage: Stage): Promise<void> {
  await stage.cluster.start();
  await stage.cluster.create();
  await stage.settle(() => replicasAreSynced(stage));
  // Everyone has heard everyone twice: no table is still filling.
  await stage.cluster.pass(stage.timeoutMs);
  await stage.settle(() => replicasAreSynced(stage));
  stage.begin();
}

/** Whether every replica that runs has copied its master: WAIT would count it. */
export async function replicasAreSynced(stage: Stage): Promise<boolean> {
  for (const node of stage.running()) {
    const info = await stage.ask(node, 'INFO replication');
    if (/master_link_status:down/.test(info)) return false;
  }
  return true;
}
