import { createdCluster, SIX_NODES, type Script } from './script';

/** Slots: hello 866, foo 12182, bar 5061, {user}1 5474. */
export const MOVED: Script = {
  name: 'moved',
  what: 'writes and reads at the right node, at the wrong one, at a replica, and nonsense',
  shape: SIX_NODES,
  isShort: true,
  async play(stage) {
    await createdCluster(stage);
    const follow = { follow: true };
    await stage.run('8901', 'SET hello world');
    await stage.run('8901', 'GET hello');
    await stage.run('8902', 'GET hello');
    await stage.run('8902', 'GET hello', follow);
    await stage.run('8901', 'SET foo 1');
    await stage.run('8901', 'SET foo 1', follow);
    await stage.run('8904', 'GET hello');
    await stage.run('8904', 'SET hello again');
    await stage.run('8904', 'READONLY', { client: 'reader' });
    await stage.run('8904', 'GET hello', { client: 'reader' });
    await stage.run('8904', 'SET hello again', { client: 'reader' });
    await stage.run('8904', 'READWRITE', { client: 'reader' });
    await stage.run('8904', 'GET hello', { client: 'reader' });
    await stage.run('8901', 'DEL hello foo');
    await stage.run('8901', 'MGET hello bar');
    await stage.run('8902', 'EXISTS {user}1 {user}2');
    await stage.run('8901', 'CLUSTER KEYSLOT {user}1');
    await stage.run('8901', 'CLUSTER COUNTKEYSINSLOT 866');
    await stage.run('8901', 'CLUSTER GETKEYSINSLOT 866 10');
    await stage.run('8901', 'GET');
    await stage.run('8901', 'FLY me to the moon');
    await stage.run('8901', 'CLUSTER FLY');
    await stage.run('8901', 'CLUSTER ADDSLOTS 0');
    await stage.run('8901', 'CLUSTER ADDSLOTS 99999');
    await stage.run('8901', 'CLUSTER SETSLOT 866 NODE nobody');
    await stage.run('8901', 'CLUSTER SETSLOT 866 MIGRATING <8901>');
    await stage.run('8901', 'CLUSTER SETSLOT 12182 MIGRATING <8902>');
    await stage.run('8901', 'CLUSTER SETSLOT 866 IMPORTING <8902>');
    await stage.run('8901', 'CLUSTER REPLICATE <8902>');
    await stage.run('8901', 'CLUSTER REPLICATE <8901>');
    await stage.run('8904', 'CLUSTER REPLICATE <8905>');
    await stage.run('8901', 'CLUSTER FORGET <8901>');
    await stage.run('8904', 'CLUSTER FORGET <8901>');
    await stage.run('8901', 'CLUSTER FORGET nobody');
    await stage.run('8901', 'CLUSTER FAILOVER');
    await stage.run('8901', 'CLUSTER RESET');
    await stage.run('8901', 'CLUSTER SET-CONFIG-EPOCH 9');
    await stage.run('8901', 'CLUSTER COUNT-FAILURE-REPORTS <8902>');
    await stage.run('8901', 'CLUSTER MYID');
    await stage.settle();
    await stage.keepTables('at the end');
  },
};
