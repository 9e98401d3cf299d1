import { createdCluster, replicasAreSynced, SIX_NODES, type Script } from './script';

export const REPLICA_MIGRATION: Script = {
  name: 'replica-migration',
  what: '8906 joins 8901; 8905 is killed; a replica of 8901 moves to the orphaned 8902 by itself',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8906', 'CLUSTER REPLICATE <8901>');
    await stage.settle(() => replicasAreSynced(stage));
    await stage.kill('8905');
    await stage.untilLogged(null, /^Migrating to orphaned master/);
    await stage.settle(() => replicasAreSynced(stage));
    await stage.keepTables('at the end');
  },
};
