/** Nodes that are forgotten, reset, named anew or given another address. */
import type { Stage } from '../stage';
import { createdCluster, replicasAreSynced, SIX_NODES, type Script } from './script';

const OTHERS = ['8901', '8903', '8904', '8905', '8906'];

export const HOSTNAME: Script = {
  name: 'hostname',
  what: '8902 announces a hostname, 8901 prefers hostnames in redirects, 8902 takes it back',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8902', 'CONFIG SET cluster-announce-hostname host-2.example.com');
    for (const node of OTHERS) await stage.untilReply(node, 'CLUSTER NODES', /host-2\.example/);
    for (const type of ['hostname', 'unknown-endpoint', 'ip']) {
      await stage.run('8901', `CONFIG SET cluster-preferred-endpoint-type ${type}`);
      await stage.run('8901', 'GET bar');
      await stage.run('8901', 'GET foo');
    }
    // An empty word: no hostname.
    await stage.run('8902', 'CONFIG SET cluster-announce-hostname ');
    for (const node of OTHERS) {
      await stage.untilReply(node, 'CLUSTER NODES', /^(?![^]*host-2\.example)/);
    }
    await stage.keepTables('at the end');
  },
};

export const ANNOUNCED_PORT: Script = {
  name: 'announced-port',
  what: '8902 announces a port where nobody listens, and then its own again',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8902', 'CONFIG SET cluster-announce-port 9002');
    for (const node of OTHERS) await stage.untilReply(node, 'CLUSTER NODES', /:9002@/);
    await stage.run('8901', 'GET bar');
    await stage.run('8901', 'GET foo');
    await stage.keepTables('while it announces another');
    await stage.run('8902', 'CONFIG SET cluster-announce-port 0');
    await stage.settle(() => replicasAreSynced(stage));
    await stage.keepTables('at the end');
  },
};

export const PUBLISHED: Script = {
  name: 'publish',
  what: 'messages on channels and shard channels, and who may subscribe where',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8901', 'SSUBSCRIBE foo');
    await stage.run('8901', 'SSUBSCRIBE foo bar');
    await stage.run('8901', 'SPUBLISH foo message');
    await stage.run('8903', 'SPUBLISH foo message');
    await stage.run('8906', 'SPUBLISH foo message');
    for (const node of stage.running()) await stage.run(node, 'PUBLISH news message');
    await stage.run('8902', 'PUBSUB NUMSUB news');
    await stage.cluster.pass(stage.timeoutMs);
    for (const node of stage.running()) {
      const counts = (await stage.ask(node, 'CLUSTER INFO')).match(/.*_publish\w*_\w+:\d+/g);
      stage.keep(`messages of channels, as ${node} counts them`, ...(counts ?? []));
    }
  },
};

export const FORGET: Script = {
  name: 'forget',
  what: '8906 forgets 8904, does not learn of it again by gossip, and meets it',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8906', 'CLUSTER FORGET <8906>');
    await stage.run('8906', 'CLUSTER FORGET <8903>');
    await stage.run('8906', 'CLUSTER FORGET <8904>');
    await stage.run('8906', 'CLUSTER FORGET <8904>');
    await stage.cluster.pass(stage.timeoutMs * 2);
    await stage.keepTables('two node timeouts later');
    await stage.run('8906', 'CLUSTER MEET 127.0.0.1 port:8904');
    await stage.settle(() => replicasAreSynced(stage));
    await stage.keepTables('at the end');
  },
};

export const RESET: Script = {
  name: 'reset-hard',
  what: '8904 is reset hard: it is another node now, and the others lose its address',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    await stage.run('8901', 'CLUSTER RESET HARD SOFT');
    await stage.run('8904', 'CLUSTER RESET HARD');
    await allHaveLostIt(stage);
    await stage.run('8904', 'CLUSTER MYID');
    await stage.run('8904', 'CLUSTER SLOTS');
    await stage.run('8904', 'CLUSTER SET-CONFIG-EPOCH 9');
  },
};

/** Until everyone has dialled 8904 again and heard another name. */
async function allHaveLostIt(stage: Stage): Promise<void> {
  for (const node of ['8901', '8902', '8903', '8905', '8906']) {
    await stage.untilReply(node, 'CLUSTER NODES', /:0@0 slave,noaddr /);
  }
}
