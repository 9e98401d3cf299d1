import { describe, expect, test } from 'vitest';
import { attachedReplica, NOW_MS, logIn, notesIn, settledNode, turnOf } from './node-fixture';
import { keyspaceOf, valuesOf } from './keyspace';
import {
  dataAgeMs,
  feedReplicas,
  followMasterAgain,
  replicationClosed,
  replicationCron,
  setReplicationMaster,
  unsetReplicationMaster,
} from './replication';
import { ReplicationNetwork, repliedIn } from './replication-fixture';
import type { ClusterState } from './cluster-state';
import { createBacklog } from './replication-backlog';
import type { ReplicationState } from './replication-state';
import type { Turn } from './turn';
import { applyWrite } from './write-effects';

const withReplication = (state: ClusterState, change: Partial<ReplicationState>): ClusterState => ({
  ...state,
  replication: { ...state.replication, ...change },
});

const master = settledNode('8901');
const replica = settledNode('8904');

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

describe('replication: a node that starts again', () => {
  test('as a replica: asks with an id nobody knows, and copies everything', () => {
    const net = new ReplicationNetwork('8901', '8904');
    net.turn('8904', (turn) => followMasterAgain(turn));
    expect(net.state('8904').replication).toMatchObject({ link: 'up', lastSync: 'full' });
    expect(net.log('8904')[0]).toContain('using my own master parameters');
  });

  test('stale data of its own is no lost write', () => {
    const net = new ReplicationNetwork('8901', '8904');
    net.states.set('8904', { ...net.state('8904'), keys: keyspaceOf({ old: '1' }) });
    net.turn('8904', (turn) => followMasterAgain(turn));
    expect(net.notes.filter(({ event }) => event === 'writes.lost')).toEqual([]);
  });

  test('a master follows nobody, and one that follows already is left alone', () => {
    for (const state of [master, replica]) {
      const turn = turnOf(state);
      followMasterAgain(turn);
      expect(turn.effects).toEqual([]);
    }
  });
});

describe('replication: replicas of a replica', () => {
  const net = new ReplicationNetwork('8901', '8904', '8905');
  net.turn('8904', (turn) => setReplicationMaster(turn, 8901));
  net.turn('8905', (turn) => setReplicationMaster(turn, 8904));

  test('get its master’s stream as it came, under its id', () => {
    net.turn('8901', write('SET', 'a', '1'));
    expect(valuesOf(net.state('8905').keys)).toEqual({ a: '1' });
    expect(offsets(net)).toEqual([50, 50, 50]);
    const ids = ['8901', '8904', '8905'].map((name) => net.state(name).replication.id);
    expect(new Set(ids).size).toBe(1);
  });

  test('a replica adds nothing of its own', () => {
    net.turn('8904', write('SET', 'x', 'local'));
    expect(offsets(net)).toEqual([50, 50, 50]);
  });

  test('are let go when its history gets a new name, and go on under it', () => {
    net.log('8905');
    net.turn('8901', (turn) => {
      turn.editReplication({ id: 'f'.repeat(40), id2: turn.state.replication.id });
      turn.editReplication({ secondOffsetBytes: 51 });
    });
    net.breakLink('8904');
    expect(net.log('8905')).toContain(`# Master replication ID changed to ${'f'.repeat(40)}`);
    expect(net.state('8905').replication).toMatchObject({ link: 'up', lastSync: 'partial' });
  });

  test('cannot attach while it has no link itself: they hear NOMASTERLINK and try again', () => {
    net.kill('8901');
    net.log('8905');
    net.breakLink('8905');
    expect(net.log('8905').at(-1)).toBe(
      "* Master is currently unable to PSYNC but should be in the future: -NOMASTERLINK Can't SYNC while not connected with my master",
    );
    expect(net.state('8905').replication.link).toBe('down');
    net.revive('8901');
    net.turn('8904', (turn) => replicationCron(turn));
    net.turn('8905', (turn) => replicationCron(turn));
    expect(net.state('8905').replication.link).toBe('up');
  });
});

describe('replication: choosing a master', () => {
  test('another one: the link to the old one is closed, its place in the history kept', () => {
    const turn = turnOf(replica);
    setReplicationMaster(turn, 8902);
    expect(logIn(turn)).toEqual([
      'Connection with master lost.',
      'Caching the disconnected master state.',
      'Connecting to MASTER 127.0.0.1:8902',
      'MASTER <-> REPLICA sync started',
    ]);
    expect(turn.effects).toContainEqual({ type: 'close', connection: '8904#r' });
    expect(turn.state.replication).toMatchObject({
      masterPort: 8902,
      link: 'connecting',
      downSinceMs: NOW_MS,
      cachedMaster: 'link',
    });
  });

  test('a master turned replica keeps its own replicas until it knows more', () => {
    const turn = turnOf(master);
    setReplicationMaster(turn, 8904);
    expect(turn.state.replication.replicas).toHaveLength(1);
    expect(turn.state.replication).toMatchObject({ cachedMaster: 'demotion', downSinceMs: 0 });
  });

  test('at an address where nobody is, it is refused', () => {
    const turn = turnOf(master);
    setReplicationMaster(turn, 8904, '10.0.0.1');
    const dialled = turn.effects.find(({ type }) => type === 'connect');
    expect(dialled).toMatchObject({ port: 0 });
    expect(logIn(turn)).toContain('Connecting to MASTER 10.0.0.1:8904');
  });

  test('unset: replicas of its own must come back, and it forgets how long it was down', () => {
    const turn = turnOf(
      withReplication(replica, { downSinceMs: 5, replicas: [attachedReplica(8907)] }),
    );
    unsetReplicationMaster(turn);
    const { replicas, id2, downSinceMs, offsetBytes, link } = turn.state.replication;
    expect({ replicas, id2, downSinceMs, offsetBytes, link }).toEqual({
      replicas: [],
      id2: replica.replication.id,
      downSinceMs: 0,
      offsetBytes: 100,
      link: 'none',
    });
    expect(logIn(turn).at(-1)).toBe('Connection with replica 127.0.0.1:8907 lost.');
  });

  test('unset twice changes nothing', () => {
    const turn = turnOf(master);
    unsetReplicationMaster(turn);
    expect(turn.state.replication).toEqual(master.replication);
    expect(turn.effects).toEqual([]);
  });
});

describe('replication: once a second', () => {
  test('down: dialled again', () => {
    const turn = turnOf(withReplication(replica, { link: 'down', connection: null }));
    replicationCron(turn);
    expect(logIn(turn)).toEqual([
      'Connecting to MASTER 127.0.0.1:8901',
      'MASTER <-> REPLICA sync started',
    ]);
  });

  test('up: an ACK', () => {
    const turn = turnOf(replica);
    replicationCron(turn);
    expect(repliedIn(turn.effects)).toEqual([
      { type: 'COMMAND', argv: ['REPLCONF', 'ACK', '100'] },
    ]);
  });

  test.each([
    [60_999, 0],
    [61_000, 1],
  ])('a master silent for %i ms: repl-timeout counts whole seconds', (silentMs, times) => {
    const turn = turnOf(withReplication(replica, { lastInteractionMs: NOW_MS }), NOW_MS + silentMs);
    replicationCron(turn);
    const said = logIn(turn).filter((line) => line.startsWith('MASTER timeout'));
    expect(said).toHaveLength(times);
  });

  test('silent: what redis-server says, and does at once', () => {
    const turn = turnOf(withReplication(replica, { lastInteractionMs: 1_000 }));
    replicationCron(turn);
    expect(logIn(turn)).toEqual([
      'MASTER timeout: no data nor PING received...',
      'Connection with master lost.',
      'Caching the disconnected master state.',
      'Reconnecting to MASTER 127.0.0.1:8901',
      'MASTER <-> REPLICA sync started',
    ]);
    expect(turn.state.replication).toMatchObject({ link: 'connecting', downSinceMs: NOW_MS });
  });

  test.each([
    ['connecting', null, 'Timeout connecting to the MASTER...'],
    ['syncing', 'PONG', 'Timeout connecting to the MASTER...'],
    [
      'syncing',
      'COPY',
      "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.",
    ],
  ] as const)(
    '%s, awaiting %s: given up after a minute, and tried again',
    (link, awaiting, line) => {
      const turn = turnOf(withReplication(replica, { link, awaiting, transferIoMs: 1_000 }));
      replicationCron(turn);
      expect(logIn(turn)).toEqual([
        line,
        'Reconnecting to MASTER 127.0.0.1:8901 after failure',
        'MASTER <-> REPLICA sync started',
      ]);
    },
  );

  test('a master pings its replicas every ten seconds; the offset counts it', () => {
    const pings = [490, 500, 510].map((cronIteration) => {
      const turn = turnOf({ ...master, cronIteration });
      replicationCron(turn);
      return [repliedIn(turn.effects), turn.state.replication.offsetBytes];
    });
    expect(pings).toEqual([
      [[], 100],
      [[{ type: 'STREAM', commands: [['PING']] }], 114],
      [[], 100],
    ]);
  });

  test('no PING without replicas, nor while a manual failover holds the offset', () => {
    const alone = turnOf(withReplication(master, { replicas: [] }));
    replicationCron(alone);
    expect(alone.state.replication.offsetBytes).toBe(100);
    const manualFailover = { ...master.manualFailover, endMs: NOW_MS + 1 };
    const paused = turnOf({ ...master, manualFailover, pausedUntilMs: NOW_MS + 1 });
    replicationCron(paused);
    expect(paused.state.replication.offsetBytes).toBe(100);
  });

  test.each([
    [60_999, 1],
    [61_000, 0],
  ])('a replica silent for %i ms', (silentMs, left) => {
    const replicas = [{ ...attachedReplica(8904), ackMs: NOW_MS }];
    const turn = turnOf(withReplication(master, { replicas }), NOW_MS + silentMs);
    replicationCron(turn);
    expect(turn.state.replication.replicas).toHaveLength(left);
    if (left === 1) return;
    expect(logIn(turn)).toEqual([
      'Disconnecting timedout replica (streaming sync): 127.0.0.1:8904',
      'Connection with replica 127.0.0.1:8904 lost.',
    ]);
    expect(turn.effects).toContainEqual({ type: 'close', connection: '8904#r' });
  });

  test.each([
    [3_600_999, true],
    [3_601_000, false],
  ])('the backlog of a master alone for %i ms: kept %s', (aloneMs, kept) => {
    const alone = withReplication(master, { replicas: [], noReplicasSinceMs: NOW_MS });
    const turn = turnOf(alone, NOW_MS + aloneMs);
    replicationCron(turn);
    expect(turn.state.replication.backlog !== null).toBe(kept);
    if (kept) return;
    expect(logIn(turn)).toEqual([
      'Replication backlog freed after 3600 seconds without connected replicas.',
    ]);
    expect(turn.state.replication.id).not.toBe(master.replication.id);
  });

  test('a replica alone keeps its backlog: it may be master soon', () => {
    const turn = turnOf(replica, NOW_MS + 10_000_000);
    replicationCron(turn);
    expect(turn.state.replication.backlog).not.toBeNull();
  });
});

describe('replication: the link breaks', () => {
  test.each([
    ['connecting', null, true, ['Error condition on socket for SYNC: Connection refused']],
    [
      'syncing',
      'PONG',
      false,
      [
        'Failed to read response from the server: Success',
        'Master did not respond to command during SYNC handshake',
      ],
    ],
    [
      'syncing',
      'PSYNC',
      false,
      [
        'Failed to read response from the server: Success',
        'Master did not reply to PSYNC, will try later',
      ],
    ],
  ] as const)('%s, awaiting %s: tried again in the next second', (link, awaiting, refused, log) => {
    const turn = turnOf(withReplication(replica, { link, awaiting, downSinceMs: 7 }));
    replicationClosed(turn, '8904#r', refused);
    expect(logIn(turn)).toEqual(log);
    expect(turn.state.replication).toMatchObject({
      link: 'down',
      downSinceMs: 7,
      connection: null,
    });
  });

  test('in the middle of a copy: tried again at once', () => {
    const turn = turnOf(withReplication(replica, { link: 'syncing', awaiting: 'COPY' }));
    replicationClosed(turn, '8904#r', false);
    expect(logIn(turn).at(-1)).toBe('MASTER <-> REPLICA sync started');
  });
});

describe('replication: the age of the data, in whole seconds', () => {
  const age = (change: Partial<ReplicationState>, nowMs: number): number =>
    dataAgeMs(turnOf(withReplication(replica, change), nowMs));
  test.each([
    ['since the last word', { lastInteractionMs: 99_900 } as const, 100_100, 1_000],
    ['since it went down', { link: 'down', downSinceMs: 99_000 } as const, 100_999, 1_000],
    ['never connected', { link: 'down', downSinceMs: 0 } as const, 1, Number.MAX_SAFE_INTEGER],
  ])('%s', (_, change, nowMs, expected) => {
    expect(age(change, nowMs)).toBe(expected);
  });
});

test('replication: a note says how a replica got its data', () => {
  const turn = turnOf(
    withReplication(replica, { link: 'syncing', awaiting: 'PSYNC', backlog: createBacklog(100) }),
  );
  expect(notesIn(turn, 'sync')).toEqual([]);
  const net = trio();
  net.breakLink('8904');
  expect(net.notes.filter(({ event }) => event === 'sync')).toEqual([
    { event: 'sync', node: '8904', how: 'full' },
    { event: 'sync', node: '8905', how: 'full' },
    { event: 'sync', node: '8904', how: 'partial' },
  ]);
});
