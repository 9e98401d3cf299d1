import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { NOW_MS, attachedReplica, logIn, settledNode, turnOf } from '../fixtures/node-fixture';
import {
  dataAgeMs,
  replicationClosed,
  replicationCron,
  setReplicationMaster,
  unsetReplicationMaster,
} from './replication';
import { repliedIn } from '../fixtures/replication-fixture';
import type { ReplicationState } from '../replication-state';

const withReplication = (state: ClusterState, change: Partial<ReplicationState>): ClusterState => ({
  ...state,
  replication: { ...state.replication, ...change },
});

const master = settledNode('8901');
const replica = settledNode('8904');

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
