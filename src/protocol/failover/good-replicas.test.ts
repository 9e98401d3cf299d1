import { describe, expect, test } from 'vitest';
import { processCommand } from '../commands/process-command';
import { hasEnoughReplicas, refreshGoodReplicas } from './good-replicas';
import { NOW_MS, attachedReplica, callOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { replicationClosed, replicationCron } from '../replication/replication';
import type { AttachedReplica } from '../replication-state';
import type { Turn } from '../turn';

const REFUSED = { type: 'error', text: 'NOREPLICAS Not enough good replicas to write.' };

/** A master that asks for `wanted` replicas and has these. */
function master(wanted: number, ...replicas: readonly Partial<AttachedReplica>[]): Turn {
  const state = settledNode('8901');
  const attached = replicas.map((one, i) => ({ ...attachedReplica(8904 + i), ...one }));
  return turnOf({
    ...state,
    config: { ...state.config, minReplicasToWrite: wanted },
    replication: { ...state.replication, replicas: attached },
  });
}

describe('good replicas: online, and heard of within min-replicas-max-lag', () => {
  test.each([
    [{}, 1],
    [{ ackMs: NOW_MS - 10_000 }, 1],
    [{ ackMs: NOW_MS - 10_001 }, 0],
    [{ state: 'copying' }, 0],
    [{ state: 'waiting' }, 0],
  ] as const)('%j: %i', (replica, good) => {
    const turn = master(1, replica);
    refreshGoodReplicas(turn);
    expect(turn.state.replication.goodReplicas).toBe(good);
  });

  test('counted once a second, and when a replica goes', () => {
    const turn = master(1, {});
    replicationCron(turn);
    expect(hasEnoughReplicas(turn.state)).toBe(true);
    replicationClosed(turn, '8904#r', false);
    expect(hasEnoughReplicas(turn.state)).toBe(false);
  });

  test('not asked for, nothing is counted', () => {
    const turn = master(0, {});
    refreshGoodReplicas(turn);
    expect(turn.state.replication.goodReplicas).toBe(0);
    expect(hasEnoughReplicas(turn.state)).toBe(true);
  });
});

describe('good replicas: too few', () => {
  test('writes are refused, reads are not', () => {
    const turn = master(2, {});
    refreshGoodReplicas(turn);
    expect(processCommand(turn, callOf('SET hello 1'))).toEqual(REFUSED);
    expect(processCommand(turn, callOf('GET hello'))).toEqual({ type: 'nil' });
  });

  test('a transaction with a write is refused when it runs', () => {
    const turn = master(2, {});
    refreshGoodReplicas(turn);
    for (const text of ['MULTI', 'SET hello 1']) processCommand(turn, callOf(text));
    expect(processCommand(turn, callOf('EXEC'))).toMatchObject({
      text: expect.stringMatching(/^EXECABORT /) as string,
    });
    expect(turn.state.keys.count).toBe(0);
  });

  test('CONFIG SET counts at once', () => {
    const turn = master(0, {});
    processCommand(turn, callOf('CONFIG SET min-replicas-to-write 1'));
    expect(turn.state.replication.goodReplicas).toBe(1);
    expect(processCommand(turn, callOf('SET hello 1'))).toEqual({ type: 'status', text: 'OK' });
    processCommand(turn, callOf('CONFIG SET min-slaves-to-write 2'));
    expect(processCommand(turn, callOf('SET hello 1'))).toEqual(REFUSED);
    expect(processCommand(turn, callOf('INFO replication'))).toMatchObject({
      text: expect.stringContaining('min_slaves_good_slaves:1\r\n') as string,
    });
  });

  test('a replica leaves it to its master', () => {
    const state = settledNode('8904');
    const config = { ...state.config, minReplicasToWrite: 1 };
    expect(hasEnoughReplicas({ ...state, config })).toBe(true);
  });
});

test('CONFIG SET repl-backlog-size: never below 16 KB', () => {
  const turn = master(0, {});
  processCommand(turn, callOf('CONFIG SET repl-backlog-size 1'));
  expect(turn.state.config.replBacklogBytes).toBe(16_384);
  processCommand(turn, callOf('CONFIG SET repl-backlog-size 20kb'));
  expect(turn.state.config.replBacklogBytes).toBe(20_480);
});

test.each([
  ['REPLICAOF 127.0.0.1 8902', 'ERR REPLICAOF not allowed in cluster mode.'],
  ['SLAVEOF NO ONE', 'ERR REPLICAOF not allowed in cluster mode.'],
  ['FAILOVER', 'ERR FAILOVER not allowed in cluster mode. Use CLUSTER FAILOVER command instead.'],
])('replication commands a cluster refuses: %s', (text, error) => {
  expect(processCommand(turnOf(settledNode('8901')), callOf(text))).toEqual({
    type: 'error',
    text: error,
  });
});
