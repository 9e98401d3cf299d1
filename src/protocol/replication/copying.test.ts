import { describe, expect, test } from 'vitest';
import { valuesOf } from '../keyspace';
import { NOW_MS } from '../fixtures/node-fixture';
import {
  feedReplicas,
  replicationCron,
  replicationTick,
  setReplicationMaster,
} from './replication';
import { ReplicationNetwork } from '../fixtures/replication-fixture';
import { applyWrite } from '../slots/write-effects';

/** 8904 has asked for a copy that waits `delayMs` for others. */
function waiting(delayMs: number): ReplicationNetwork {
  const net = new ReplicationNetwork('8901', '8904', '8905');
  net.configure('8901', { replDisklessSyncDelayMs: delayMs });
  net.turn('8904', (turn) => setReplicationMaster(turn, 8901));
  return net;
}

const second = (net: ReplicationNetwork): void => {
  net.nowMs += 1_000;
  net.turn('8901', (turn) => {
    turn.state.cronIteration += 10;
    replicationCron(turn);
  });
};
const write = (net: ReplicationNetwork, ...argv: string[]): void =>
  net.turn('8901', (turn) => {
    turn.state.keys = applyWrite(turn.state.keys, argv);
    feedReplicas(turn, argv);
  });
const replicaOf = (net: ReplicationNetwork) => net.state('8901').replication.replicas[0]!;

describe('copying: repl-diskless-sync-delay', () => {
  test('the copy waits, and the replica with it; a newline each second keeps it patient', () => {
    const net = waiting(4_000);
    expect(net.log('8901').at(-1)).toBe('* Delay next BGSAVE for diskless SYNC');
    expect(replicaOf(net).state).toBe('waiting');
    second(net);
    const { replication } = net.state('8904');
    expect(replication).toMatchObject({ awaiting: 'PSYNC', transferIoMs: NOW_MS + 1_000 });
  });

  test('whole seconds after the first of them asked, it starts for all', () => {
    const net = waiting(4_000);
    second(net);
    net.turn('8905', (turn) => setReplicationMaster(turn, 8901));
    for (let i = 0; i < 2; i++) second(net);
    expect(net.state('8901').replication.syncs.full).toBe(2);
    expect(replicaOf(net).state).toBe('waiting');
    net.log('8901');
    second(net);
    expect(net.log('8901')).toContain(
      '# Diskless rdb transfer, done reading from pipe, 2 replicas still up.',
    );
    expect(net.state('8904').replication.link).toBe('up');
    expect(net.state('8905').replication.link).toBe('up');
  });

  test('writes meanwhile count, and are in the copy', () => {
    const net = waiting(4_000);
    write(net, 'SET', 'during', 'wait');
    expect(net.state('8901').replication.offsetBytes).toBe(58);
    for (let i = 0; i < 4; i++) second(net);
    expect(valuesOf(net.state('8904').keys)).toEqual({ during: 'wait' });
    expect(net.state('8904').replication.offsetBytes).toBe(58);
    // A copy is followed by SELECT.
    write(net, 'SET', 'a', '1');
    expect(net.state('8904').replication.offsetBytes).toBe(58 + 23 + 27);
  });

  test('the replica’s backlog begins behind the copy', () => {
    const net = waiting(4_000);
    write(net, 'SET', 'during', 'wait');
    for (let i = 0; i < 4; i++) second(net);
    expect(net.state('8904').replication.backlog).toMatchObject({ firstBytes: 59, nextBytes: 59 });
  });
});

describe('copying: one child at a time', () => {
  test('who asks while a copy is under way waits for the next one', () => {
    const net = new ReplicationNetwork('8901', '8904', '8905');
    net.turn('8901', (turn) => turn.editReplication({ copyUnderWay: true }));
    net.turn('8904', (turn) => setReplicationMaster(turn, 8901));
    expect(net.log('8901').at(-1)).toBe(
      '* Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC',
    );
    net.turn('8901', (turn) => replicationTick(turn));
    expect(net.state('8904').replication.link).toBe('up');
  });

  test('the stream is held until the first ACK, then nothing is missing', () => {
    const net = waiting(0);
    net.turn('8904', (turn) => turn.editReplication({ link: 'down' }));
    const { connection } = net.state('8904').replication;
    net.turn('8901', (turn) => {
      const replicas = turn.state.replication.replicas.map((one) => ({
        ...one,
        heldFromBytes: 1,
      }));
      turn.editReplication({ replicas });
    });
    write(net, 'SET', 'a', '1');
    expect(valuesOf(net.state('8904').keys)).toEqual({});
    net.turn('8904', (turn) =>
      turn.sendReplication(connection!, { type: 'COMMAND', argv: ['REPLCONF', 'ACK', '0'] }),
    );
    expect(valuesOf(net.state('8904').keys)).toEqual({ a: '1' });
    expect(replicaOf(net)).toMatchObject({ heldFromBytes: null });
  });

  test('ten times a second the child may turn out to be done, before any ACK', () => {
    const net = waiting(4_000);
    net.kill('8904');
    net.turn('8901', (turn) => {
      turn.editReplication({ copyUnderWay: true });
      replicationTick(turn);
    });
    expect(net.log('8901').at(-1)).toBe('* Background RDB transfer terminated with success');
    expect(net.state('8901').replication).toMatchObject({ copyUnderWay: false, replicas: [] });
  });
});
