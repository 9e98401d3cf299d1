import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterState, ReplicationState } from './cluster-state';
import type { NodeEffect, ReplicationMessage } from './effects';
import { NOW_MS, logIn, settledNode, turnOf } from './node-fixture';
import {
  dataAgeMs,
  feedReplicas,
  processReplication,
  replicationClosed,
  replicationConnected,
  replicationCron,
  respBytes,
  setReplicationMaster,
  unsetReplicationMaster,
} from './replication';
import { keyspaceOf, valuesOf } from './keyspace';

const withReplication = (state: ClusterState, change: Partial<ReplicationState>): ClusterState => ({
  ...state,
  replication: { ...state.replication, ...change },
});

const sentIn = (effects: readonly NodeEffect[]): ReplicationMessage[] =>
  effects.flatMap((effect) =>
    effect.type === 'send' && effect.payload.channel === 'replication'
      ? [effect.payload.message]
      : [],
  );

const master = settledNode('8901');
const replica = settledNode('8904');

describe('replication: a write is as long as its RESP form', () => {
  test.each([
    [['PING'], 14],
    [['SET', 'foo', 'bar'], 31],
    [['SET', 'é', '日本'], 33],
  ])('%j: %i bytes', (argv, bytes) => {
    expect(respBytes(argv)).toBe(bytes);
  });

  test('the same as encoding it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (argv) => {
        const encoder = new TextEncoder();
        const words = argv.map((word) => `$${encoder.encode(word).length}\r\n${word}\r\n`);
        const text = `*${argv.length}\r\n${words.join('')}`;
        expect(respBytes(argv)).toBe(encoder.encode(text).length);
      }),
    );
  });
});

describe('replication: offsets', () => {
  test('a write goes to every replica and moves the offset', () => {
    const turn = turnOf(master);
    feedReplicas(turn, ['SET', 'foo', 'bar']);
    expect(turn.state.replication.offsetBytes).toBe(131);
    expect(sentIn(turn.effects)).toEqual([
      { type: 'STREAM', argv: ['SET', 'foo', 'bar'], offsetBytes: 131 },
    ]);
  });

  test('before the first replica ever came, nothing is counted', () => {
    const turn = turnOf(withReplication(master, { replicas: [], offsetBytes: 0 }));
    feedReplicas(turn, ['SET', 'foo', 'bar']);
    expect(turn.state.replication.offsetBytes).toBe(0);
  });

  test('after the last replica left, writes still count: the backlog goes on', () => {
    const turn = turnOf(withReplication(master, { replicas: [] }));
    feedReplicas(turn, ['SET', 'foo', 'bar']);
    expect(turn.state.replication.offsetBytes).toBe(131);
  });

  test('the replica applies what it reads and counts the same', () => {
    const turn = turnOf(replica);
    const argv = ['SET', 'foo', 'bar'];
    processReplication(turn, '8904#r', { type: 'STREAM', argv, offsetBytes: 131 });
    expect(valuesOf(turn.state.keys)).toEqual({ foo: 'bar' });
    expect(turn.state.replication).toMatchObject({ offsetBytes: 131, lastInteractionMs: NOW_MS });
  });

  test('what comes on another connection is not for it', () => {
    const turn = turnOf(replica);
    processReplication(turn, '8904#old', { type: 'STREAM', argv: ['DEL', 'x'], offsetBytes: 999 });
    expect(turn.state.replication.offsetBytes).toBe(100);
  });
});

describe('replication: attaching', () => {
  test('the replica asks, the master sends everything, the replica has it', () => {
    const dialling = turnOf(withReplication(replica, { masterPort: 0, link: 'none' }));
    setReplicationMaster(dialling, 8901);
    const connection = dialling.state.replication.connection!;
    expect(dialling.effects).toContainEqual({
      type: 'connect',
      connection,
      port: 8901,
      channel: 'replication',
    });
    const asking = turnOf(dialling.state);
    replicationConnected(asking);
    expect(sentIn(asking.effects)).toEqual([{ type: 'PSYNC', port: 8904 }]);
    const serving = turnOf({
      ...withReplication(master, { replicas: [] }),
      keys: keyspaceOf({ a: '1' }),
    });
    processReplication(serving, connection, { type: 'PSYNC', port: 8904 });
    expect(serving.state.replication.replicas).toEqual([{ connection, port: 8904 }]);
    const loading = turnOf({ ...asking.state, keys: keyspaceOf({ old: 'gone' }) });
    processReplication(loading, connection, sentIn(serving.effects)[0]!);
    expect(valuesOf(loading.state.keys)).toEqual({ a: '1' });
    expect(loading.state.replication).toMatchObject({ link: 'up', offsetBytes: 100 });
  });
});

describe('replication: the link to the master', () => {
  test('breaks: the age of the data runs from now, and it is dialled again at once', () => {
    const turn = turnOf(replica);
    replicationClosed(turn, '8904#r', false);
    expect(turn.state.replication).toMatchObject({ downSinceMs: NOW_MS, link: 'connecting' });
    expect(logIn(turn)).toEqual([
      'Connection with master lost.',
      'Caching the disconnected master state.',
      'Reconnecting to MASTER 127.0.0.1:8901',
      'MASTER <-> REPLICA sync started',
    ]);
  });

  test('is refused: down, and the age runs on from where it was', () => {
    const turn = turnOf(withReplication(replica, { link: 'connecting', downSinceMs: 7 }));
    replicationClosed(turn, '8904#r', true);
    expect(turn.state.replication).toMatchObject({
      link: 'down',
      downSinceMs: 7,
      connection: null,
    });
  });

  test('down: dialled each second', () => {
    const turn = turnOf(withReplication(replica, { link: 'down', connection: null }));
    replicationCron(turn);
    expect(turn.state.replication.link).toBe('connecting');
  });

  test('up: an ACK each second; silent for longer than a minute: given up', () => {
    const acking = turnOf(replica);
    replicationCron(acking);
    expect(sentIn(acking.effects)).toEqual([{ type: 'ACK', offsetBytes: 100 }]);
    const silent = turnOf(withReplication(replica, { lastInteractionMs: NOW_MS - 60_001 }));
    replicationCron(silent);
    expect(logIn(silent)[0]).toBe('MASTER timeout: no data nor PING received...');
  });

  test('a connect that gets nowhere is given up after a minute', () => {
    const turn = turnOf(
      withReplication(replica, { link: 'connecting', linkSinceMs: NOW_MS - 60_001 }),
    );
    replicationCron(turn);
    expect(turn.state.replication.link).toBe('down');
    expect(logIn(turn)).toEqual(['Timeout connecting to the MASTER...']);
  });
});

test('replication: a master pings its replicas every hundredth tick', () => {
  const pings = [490, 500, 510].map((cronIteration) => {
    const turn = turnOf({ ...master, cronIteration });
    replicationCron(turn);
    return sentIn(turn.effects).length;
  });
  expect(pings).toEqual([0, 1, 0]);
});

test('replication: a promoted replica goes on under a new id and forgets how long it was down', () => {
  const turn = turnOf(withReplication(replica, { downSinceMs: 5 }));
  unsetReplicationMaster(turn);
  const { id, id2, downSinceMs, offsetBytes } = turn.state.replication;
  expect(id).not.toBe(replica.replication.id);
  expect({ id2, downSinceMs, offsetBytes }).toEqual({
    id2: replica.replication.id,
    downSinceMs: 0,
    offsetBytes: 100,
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
