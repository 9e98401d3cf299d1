import { describe, expect, test } from 'vitest';
import { valuesOf } from '../keyspace';
import {
  feedReplicas,
  replicationCron,
  setReplicationMaster,
  unsetReplicationMaster,
} from './replication';
import { ReplicationNetwork } from '../fixtures/replication-fixture';
import type { Turn } from '../turn';
import { applyWrite } from '../slots/write-effects';

const write =
  (...argv: string[]) =>
  (turn: Turn): void => {
    turn.state.keys = applyWrite(turn.state.keys, argv);
    feedReplicas(turn, argv);
  };

/** 8904 and 8905 follow 8901, as a cluster is made. */
function trio(): ReplicationNetwork {
  const net = new ReplicationNetwork('8901', '8904', '8905');
  net.turn('8904', (turn) => setReplicationMaster(turn, 8901));
  net.turn('8905', (turn) => setReplicationMaster(turn, 8901));
  return net;
}

const offsets = (net: ReplicationNetwork): number[] =>
  ['8901', '8904', '8905'].map((name) => net.state(name).replication.offsetBytes);

describe('replication: the lines of a first copy, as two redis-server processes wrote them', () => {
  const net = new ReplicationNetwork('8901', '8904');
  net.turn('8901', write('SET', 'before', '1'));
  net.turn('8904', (turn) => setReplicationMaster(turn, 8901));
  const { id } = net.state('8901').replication;
  const zeros = '0'.repeat(40);

  test('at the replica', () => {
    expect(net.log('8904')).toEqual([
      '* Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.',
      '* Connecting to MASTER 127.0.0.1:8901',
      '* MASTER <-> REPLICA sync started',
      '* Non blocking connect for SYNC fired the event.',
      '* Master replied to PING, replication can continue...',
      `* Trying a partial resynchronization (request ${'4'.repeat(40)}:1).`,
      `* Full resync from master: ${id}:0`,
      '* MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk',
      '* Discarding previously cached master state.',
      '* MASTER <-> REPLICA sync: Flushing old data',
      '* MASTER <-> REPLICA sync: Loading DB in memory',
      '* Loading RDB produced by version 7.0.15',
      '* RDB age 0 seconds',
      '* Done loading RDB, keys loaded: 1, keys expired: 0.',
      '* MASTER <-> REPLICA sync: Finished with success',
    ]);
  });

  test('at the master: the first replica brings a backlog and a new history', () => {
    expect(net.log('8901')).toEqual([
      '* Replica 127.0.0.1:8904 asks for synchronization',
      `* Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '${'4'.repeat(40)}', my replication IDs are '${'1'.repeat(40)}' and '${zeros}')`,
      `* Replication backlog created, my new replication IDs are '${id}' and '${zeros}'`,
      '* Starting BGSAVE for SYNC with target: replicas sockets',
      '# Diskless rdb transfer, done reading from pipe, 1 replicas still up.',
      '* Background RDB transfer terminated with success',
      '* Streamed RDB transfer with replica 127.0.0.1:8904 succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming',
      '* Synchronization with replica 127.0.0.1:8904 succeeded',
    ]);
  });

  test('and the replica has what the master had, under its id', () => {
    expect(valuesOf(net.state('8904').keys)).toEqual({ before: '1' });
    expect(net.state('8904').replication).toMatchObject({
      link: 'up',
      id,
      lastSync: 'full',
      cachedMaster: null,
    });
  });
});

describe('replication: offsets of a script, as INFO of three redis-server processes gave them', () => {
  const net = trio();

  test('SELECT comes first, once; then each command by its bytes', () => {
    for (const i of [1, 2, 3]) net.turn('8901', write('set', `k${i}`, `v${i}`));
    net.turn('8901', write('mset', '{a}1', 'x', '{a}2', 'y'));
    expect(offsets(net)).toEqual([158, 158, 158]);
    expect(valuesOf(net.state('8905').keys)).toMatchObject({ k2: 'v2', '{a}2': 'y' });
  });

  test('a broken link goes on where it was, and says no second SELECT', () => {
    net.log('8904');
    net.log('8901');
    const { id } = net.state('8901').replication;
    net.breakLink('8904');
    net.turn('8901', write('set', 'after', 'break'));
    expect(offsets(net)).toEqual([193, 193, 193]);
    expect(net.log('8904')).toEqual([
      '# Connection with master lost.',
      '* Caching the disconnected master state.',
      '* Reconnecting to MASTER 127.0.0.1:8901',
      '* MASTER <-> REPLICA sync started',
      '* Non blocking connect for SYNC fired the event.',
      '* Master replied to PING, replication can continue...',
      `* Trying a partial resynchronization (request ${id}:159).`,
      '* Successful partial resynchronization with master.',
      '* MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.',
    ]);
    expect(net.log('8901')).toEqual([
      '# Connection with replica 127.0.0.1:8904 lost.',
      '* Replica 127.0.0.1:8904 asks for synchronization',
      '. [PSYNC] Replica request offset: 159',
      '. [PSYNC] Backlog size: 1048576',
      '. [PSYNC] First byte: 1',
      '. [PSYNC] History len: 158',
      '. [PSYNC] Skipping: 158',
      '* Partial resynchronization request from 127.0.0.1:8904 accepted. Sending 0 bytes of backlog starting from offset 159.',
    ]);
  });

  test('a promotion: the old history stays good for the siblings up to here', () => {
    const { id: before } = net.state('8901').replication;
    net.log('8904');
    net.turn('8904', (turn) => unsetReplicationMaster(turn));
    const { id } = net.state('8904').replication;
    expect(net.log('8904')).toEqual([
      '# Connection with master lost.',
      '* Caching the disconnected master state.',
      '* Discarding previously cached master state.',
      `# Setting secondary replication ID to ${before}, valid up to offset: 194. New replication ID is ${id}`,
    ]);
    net.log('8905');
    net.turn('8905', (turn) => setReplicationMaster(turn, 8904));
    expect(net.log('8905').slice(-5)).toEqual([
      '* Master replied to PING, replication can continue...',
      `* Trying a partial resynchronization (request ${before}:194).`,
      '* Successful partial resynchronization with master.',
      `# Master replication ID changed to ${id}`,
      '* MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.',
    ]);
    net.turn('8901', (turn) => setReplicationMaster(turn, 8904));
    expect(net.state('8901').replication).toMatchObject({ lastSync: 'partial', id, id2: before });
    net.turn('8904', write('set', 'post', 'failover'));
    // 23 bytes of SELECT: a new master begins with it.
    expect(offsets(net)).toEqual([253, 253, 253]);
    for (const name of ['8901', '8904', '8905']) {
      expect(net.state(name).replication).toMatchObject({
        id,
        id2: before,
        secondOffsetBytes: 194,
      });
    }
  });
});

describe('replication: a master that wrote on alone', () => {
  const net = trio();
  net.turn('8901', write('SET', 'a', '1'));
  const { id: before } = net.state('8901').replication;
  // 8904 was elected while 8901 was cut off: neither knows of the other.
  net.turn('8904', (turn) => unsetReplicationMaster(turn));
  net.turn('8901', write('SET', 'a', 'tail'));
  net.turn('8901', write('SET', 'lost', 'x'));
  net.turn('8904', write('SET', 'won', 'y'));
  net.log('8901');
  net.log('8904');
  net.notes.length = 0;
  net.turn('8901', (turn) => setReplicationMaster(turn, 8904));

  test('asks to go on from its own offset, and is refused: the tail is not in the new history', () => {
    expect(net.log('8904').slice(0, 2)).toEqual([
      '* Replica 127.0.0.1:8901 asks for synchronization',
      '* Partial resynchronization not accepted: Requested offset for second ID was 111, but I can reply up to 51',
    ]);
    expect(net.log('8901')).toContain(
      `* Trying a partial resynchronization (request ${before}:111).`,
    );
  });

  test('the new master knows how many bytes, the old one which keys', () => {
    const told = net.notes.filter(
      ({ event }) => event === 'tail.refused' || event === 'writes.lost',
    );
    expect(told).toEqual([
      { event: 'tail.refused', node: '8904', replica: '8901', bytes: 60 },
      { event: 'writes.lost', node: '8901', master: '8904', keys: ['lost', 'a'] },
    ]);
    expect(valuesOf(net.state('8901').keys)).toEqual({ a: '1', won: 'y' });
  });

  test('an idle one is refused as well: its PINGs count', () => {
    const idle = trio();
    idle.turn('8904', (turn) => unsetReplicationMaster(turn));
    idle.turn('8901', (turn) => {
      turn.state.cronIteration = 100;
      replicationCron(turn);
    });
    idle.turn('8901', (turn) => setReplicationMaster(turn, 8904));
    expect(idle.state('8901').replication.lastSync).toBe('full');
    expect(idle.notes.filter(({ event }) => event === 'writes.lost')).toEqual([]);
  });
});

test('replication: a note says how a replica got its data', () => {
  const net = trio();
  net.breakLink('8904');
  expect(net.notes.filter(({ event }) => event === 'sync')).toEqual([
    { event: 'sync', node: '8904', how: 'full' },
    { event: 'sync', node: '8905', how: 'full' },
    { event: 'sync', node: '8904', how: 'partial' },
  ]);
});
