import { canonicalToolOutput } from '../tool-output';
import { SIX_NODES, replicasAreSynced, type Script } from './script';

export const CREATE: Script = {
  name: 'create',
  what: 'redis-cli --cluster create, three masters and three replicas',
  shape: SIX_NODES,
  isShort: true,
  async play(stage) {
    await stage.cluster.start();
    stage.begin();
    stage.keep('redis-cli', ...canonicalToolOutput(await stage.cluster.create()));
    await stage.settle(() => replicasAreSynced(stage));
    await stage.keepTables('at the end');
  },
};
