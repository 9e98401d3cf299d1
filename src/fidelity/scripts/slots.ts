import { keySlot } from '../../protocol/key-slot';
import type { Stage } from '../stage';
import { canonicalToolOutput } from '../tool-output';
import { createdCluster, replicasAreSynced, SIX_NODES, type Script } from './script';

const KEYS = ['{hello}1', '{hello}2', '{hello}3'];

export const MIGRATE_SLOT: Script = {
  name: 'migrate-slot',
  what: 'slot 866 with three keys moves from 8901 to 8902 by SETSLOT and MIGRATE, with reads between',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    for (const key of KEYS) await stage.run('8901', `SET ${key} value`);
    await stage.run('8902', 'CLUSTER SETSLOT 866 IMPORTING <8901>');
    await stage.run('8901', 'CLUSTER SETSLOT 866 MIGRATING <8902>');
    await readHalfWay(stage);
    await stage.run('8901', 'MIGRATE 127.0.0.1 port:8902 {hello}1 0 60000');
    await readHalfWay(stage);
    // Two blanks: the key is the empty word, the keys come later.
    const several = 'MIGRATE 127.0.0.1 port:8902  0 60000 KEYS {hello}2 {hello}3';
    await stage.run('8901', several);
    await stage.run('8901', several);
    await readHalfWay(stage);
    await stage.keepTables('half-way');
    for (const node of ['8902', '8901', '8903']) {
      await stage.run(node, 'CLUSTER SETSLOT 866 NODE <8902>');
    }
    await stage.settle(() => replicasAreSynced(stage));
    await stage.run('8901', 'GET {hello}1');
    await stage.run('8902', 'GET {hello}1');
    await stage.keepTables('at the end');
  },
};

/** What both nodes say to a reader while the slot is open. */
async function readHalfWay(stage: Stage): Promise<void> {
  await stage.run('8901', 'GET {hello}1');
  await stage.run('8901', 'GET {hello}1', { follow: true });
  await stage.run('8901', 'GET {hello}new');
  await stage.run('8902', 'GET {hello}1');
  await stage.run('8901', 'EXISTS {hello}1 {hello}2');
  await stage.run('8902', 'ASKING', { client: 'asker' });
  await stage.run('8902', 'EXISTS {hello}1 {hello}2', { client: 'asker' });
  await stage.run('8902', 'GET {hello}1', { client: 'asker' });
  await stage.run('8903', 'GET {hello}1');
  await stage.run('8901', 'CLUSTER COUNTKEYSINSLOT 866');
  await stage.run('8902', 'CLUSTER COUNTKEYSINSLOT 866');
}

/** The first keys that live in the hundred slots that will move. */
const MOVING_SLOTS = 100;
const MOVING_KEYS = Array.from({ length: 2_000 }, (_, i) => `key:${i}`)
  .filter((key) => keySlot(key) < MOVING_SLOTS)
  .slice(0, 3);

export const RESHARD: Script = {
  name: 'reshard',
  what: 'redis-cli --cluster reshard of 100 slots from 8901 to 8902, three live keys among them',
  shape: SIX_NODES,
  async play(stage) {
    await createdCluster(stage);
    for (const key of MOVING_KEYS) await stage.run('8901', `SET ${key} value`);
    const from = ['--cluster-from', '<8901>', '--cluster-to', '<8902>'];
    const slots = ['--cluster-slots', String(MOVING_SLOTS), '--cluster-yes'];
    const argv = ['reshard', '127.0.0.1:8901', ...from, ...slots];
    stage.keep('redis-cli', ...canonicalToolOutput(await stage.cluster.tool(argv)));
    await stage.settle(() => replicasAreSynced(stage));
    for (const key of MOVING_KEYS) await stage.run('8901', `GET ${key}`);
    for (const key of MOVING_KEYS) await stage.run('8901', `GET ${key}`, { follow: true });
    await stage.keepTables('at the end');
  },
};
