import type { Script } from './script';

const NODES = ['8901', '8902', '8903'];
const SLOTS = ['0 5460', '5461 10922', '10923 16383'];

export const EPOCH_COLLISION: Script = {
  name: 'epoch-collision',
  what: 'three masters that meet with the same configEpoch, 7',
  shape: { masters: 3, replicasPerMaster: 0, proxied: false, start: 'empty' },
  async play(stage) {
    await stage.cluster.start();
    stage.begin();
    for (const [i, node] of NODES.entries()) {
      await stage.run(node, 'CLUSTER SET-CONFIG-EPOCH 7');
      await stage.run(node, `CLUSTER ADDSLOTSRANGE ${SLOTS[i]}`);
    }
    for (const node of NODES.slice(1)) {
      await stage.run('8901', `CLUSTER MEET 127.0.0.1 port:${node}`);
    }
    await stage.settle(async () => {
      const rows = await stage.table('8901');
      return new Set(rows.map(({ configEpoch }) => configEpoch)).size === 3 && rows.length === 3;
    });
    await stage.keepTables('at the end');
  },
};
