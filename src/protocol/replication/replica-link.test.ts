import { describe, expect, test } from 'vitest';
import { keyspaceOf, valuesOf } from '../keyspace';
import { settledNode, turnOf } from '../fixtures/node-fixture';
import {
  feedReplicas,
  followMasterAgain,
  replicationCron,
  setReplicationMaster,
} from './replication';
import { ReplicationNetwork } from '../fixtures/replication-fixture';
import type { Turn } from '../turn';
import { applyWrite } from '../slots/write-effects';

const master = settledNode('8901');
const replica = settledNode('8904');

const write =
  (...argv: string[]) =>
  (turn: Turn): void => {
    turn.state.keys = applyWrite(turn.state.keys, argv);
    feedReplicas(turn, argv);
  };

const offsets = (net: ReplicationNetwork): number[] =>
  ['8901', '8904', '8905'].map((name) => net.state(name).replication.offsetBytes);

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
