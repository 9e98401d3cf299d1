import type { Stage } from '../stage';
import { createdCluster, replicasAreSynced, SIX_NODES, type Script } from './script';

async function manualFailover(stage: Stage, option: string): Promise<void> {
  await createdCluster(stage);
  // Which replica was given the greatest epoch is drawn by redis-cli; now none of them has it.
  await stage.run('8902', 'CLUSTER BUMPEPOCH');
  await stage.run('8901', 'SET hello before');
  await stage.settle(() => replicasAreSynced(stage));
  await stage.run('8904', `CLUSTER FAILOVER${option}`);
  const follows = async (): Promise<boolean> => {
    const mine = (await stage.table('8901')).find(({ name }) => name === '8901');
    return mine?.master === '<8904>';
  };
  await stage.settle(async () => (await follows()) && (await replicasAreSynced(stage)));
  await stage.run('8901', 'SET hello after', { follow: true });
  await stage.run('8904', 'GET hello');
  await stage.keepTables('at the end');
}

const script = (name: string, option: string, what: string): Script => ({
  name,
  what,
  shape: SIX_NODES,
  isShort: option === '',
  play: (stage) => manualFailover(stage, option),
});

export const MANUAL_FAILOVERS: readonly Script[] = [
  script('failover', '', 'CLUSTER FAILOVER at replica 8904, master alive'),
  script('failover-force', ' FORCE', 'CLUSTER FAILOVER FORCE at replica 8904, master alive'),
  script('failover-takeover', ' TAKEOVER', 'CLUSTER FAILOVER TAKEOVER at replica 8904'),
];
