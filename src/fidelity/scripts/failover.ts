import { createdCluster, replicasAreSynced, SIX_NODES, type Script } from './script';
import type { Stage } from '../stage';

const VICTIM = '8901';
const HEIR = '8904';
/** More than enough for a write to reach a replica. */
const REPLICATED_MS = 300;

/** A write that the replica has, too. */
async function writeBefore(stage: Stage): Promise<void> {
  await stage.run(VICTIM, 'SET hello before');
  await stage.cluster.pass(REPLICATED_MS);
}

/** Waits for the election, for a cluster that is whole again, and for a write. */
async function failsOver(stage: Stage): Promise<void> {
  await stage.untilLogged(HEIR, /^Failover election won/);
  await stage.settle();
  await stage.keepTables('after the election');
  await stage.run(HEIR, 'SET hello after');
}

/** Waits until the old master follows the new one and has its data. */
async function comesBack(stage: Stage): Promise<void> {
  const follows = async (): Promise<boolean> => {
    const mine = (await stage.table(VICTIM)).find(({ name }) => name === VICTIM);
    return mine?.master === `<${HEIR}>`;
  };
  await stage.settle(async () => (await follows()) && (await replicasAreSynced(stage)));
  await stage.run(VICTIM, 'GET hello', { follow: true });
  await stage.keepTables('at the end');
}

export const KILL: Script = {
  name: 'kill',
  what: 'SIGKILL of master 8901; 8904 takes over; 8901 is started again',
  shape: SIX_NODES,
  isShort: true,
  async play(stage) {
    await createdCluster(stage);
    await writeBefore(stage);
    await stage.kill(VICTIM);
    await stage.run(VICTIM, 'GET hello');
    await failsOver(stage);
    await stage.restart(VICTIM);
    await comesBack(stage);
  },
};

export const STOP: Script = {
  name: 'stop',
  what: 'SIGSTOP of master 8901, a write left in its socket, SIGCONT after the failover',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await writeBefore(stage);
    await stage.stop(VICTIM);
    const queued = stage.send(VICTIM, 'SET hello zombie');
    await failsOver(stage);
    await stage.cont(VICTIM);
    await queued.reply();
    await comesBack(stage);
  },
};

export const BLACK_HOLE: Script = {
  name: 'black-hole',
  what: 'nothing passes between master 8901 and the other nodes, until after the failover',
  shape: { ...SIX_NODES, proxied: true },
  async play(stage) {
    await createdCluster(stage);
    await writeBefore(stage);
    const others = stage.cluster.names.all().filter((name) => name !== VICTIM);
    await stage.cluster.cut(others.map((name) => [VICTIM, name] as const));
    await stage.untilLogged(HEIR, /^Failover election won/);
    await stage.untilLogged(VICTIM, /^Cluster state changed: fail/);
    await stage.run(VICTIM, 'GET hello');
    await stage.untilReply(HEIR, 'SET hello after', /^OK/);
    await stage.cluster.heal();
    await comesBack(stage);
  },
};

const MINORITY = ['8901', '8905', '8906'];
const MAJORITY = ['8902', '8903', '8904'];

export const PARTITION: Script = {
  name: 'partition',
  what: '{8901, 8905, 8906} cut off from {8902, 8903, 8904}; what the minority wrote is lost',
  shape: { ...SIX_NODES, proxied: true },
  async play(stage) {
    await createdCluster(stage);
    await writeBefore(stage);
    await stage.cluster.cut(MINORITY.flatMap((a) => MAJORITY.map((b) => [a, b] as const)));
    await stage.run(VICTIM, 'SET hello minority');
    await stage.run(VICTIM, 'GET hello');
    await stage.untilLogged(VICTIM, /^Cluster state changed: fail/);
    await stage.run(VICTIM, 'SET hello refused');
    await stage.untilLogged(HEIR, /^Failover election won/);
    await stage.untilReply('8902', 'EXISTS {user}1', /integer/);
    await stage.run('8902', 'GET hello', { follow: true });
    await stage.run(HEIR, 'SET hello majority');
    await stage.cluster.heal();
    await comesBack(stage);
  },
};
