import { createdCluster, replicasAreSynced, SIX_NODES, type Script } from './script';

export const REPLICA_MIGRATION: Script = {
  name: 'replica-migration',
  what: '8905 leaves 8902 for 8901; a replica of 8901 moves to the orphaned 8902 by itself',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8905', 'CLUSTER REPLICATE <8901>');
    await stage.untilLogged(null, /^Migrating to orphaned master/);
    await stage.settle(() => replicasAreSynced(stage));
    await stage.keepTables('at the end');
  },
};
