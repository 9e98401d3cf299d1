import { describe, expect, test } from 'vitest';
import { keyspaceOf, valuesOf } from '../protocol/keyspace';
import type { NodeName } from '../protocol/ids';
import type { TimedInput } from './inputs';
import { disagreement } from './invariants';
import {
  at,
  logOf,
  masterIn,
  notesOf,
  repliesTo,
  runScene,
  says,
  stateOf,
  toProcess,
  type Run,
} from './run-fixture';
import { nodeNames } from './scene';
import type { World } from './world';

const SEEDS = [1, 2, 3];
/** Slot 866, of 8901: numbered keys of one slot. */
const key = (i: number): string => `{hello}${i}`;

/** A client of 8901 writes a key each 100 ms. */
const writes = (fromMs: number, count: number): TimedInput[] =>
  Array.from({ length: count }, (_, i) =>
    says(fromMs + i * 100, '8901', `SET ${key(i)} ${i}`, 'writer'),
  );

const dataOf = (world: World, name: NodeName) => valuesOf(stateOf(world, name).keys);
const replicationOf = (world: World, name: NodeName) => stateOf(world, name).replication;
const syncsOf = (run: Run, fromMs: number): string[] =>
  notesOf(run, 'sync')
    .filter(({ atMs }) => atMs >= fromMs)
    .map(({ node, how }) => `${node} ${how}`);
const acceptedBy = (run: Run, node: NodeName): number =>
  notesOf(run, 'reply').filter((one) => one.node === node && one.text === 'OK').length;

describe('replication: a cluster at rest', () => {
  const { world } = runScene({ inputs: writes(10_000, 10) }, 25_000);

  test('replicas hold what their masters hold, byte for byte of the stream', () => {
    for (const [master, replica] of [
      ['8901', '8904'],
      ['8902', '8905'],
      ['8903', '8906'],
    ] as const) {
      const [mine, theirs] = [replicationOf(world, master), replicationOf(world, replica)];
      expect(theirs).toMatchObject({ link: 'up', id: mine.id, offsetBytes: mine.offsetBytes });
      expect(dataOf(world, replica)).toEqual(dataOf(world, master));
    }
    expect(Object.keys(dataOf(world, '8904'))).toHaveLength(10);
  });

  test('masters know how far their replicas are', () => {
    const { replicas, offsetBytes } = replicationOf(world, '8901');
    expect(replicas).toMatchObject([{ port: 8904, state: 'online', ackOffsetBytes: offsetBytes }]);
  });
});

describe('replication: 8901 is killed under a stream of writes and comes back', () => {
  test.each(SEEDS)('seed %i: it offers a history nobody knows, and copies everything', (seed) => {
    const inputs = [
      ...writes(10_000, 50),
      toProcess(13_000, 'kill', '8901'),
      toProcess(40_000, 'restart', '8901'),
    ];
    const run = runScene({ seed, inputs }, 50_000);
    expect(masterIn(run.world, '8901')).toBe('8904');
    expect(syncsOf(run, 40_000)).toEqual(['8901 full']);
    expect(dataOf(run.world, '8901')).toEqual(dataOf(run.world, '8904'));
    expect(logOf(run, '8904', 40_000)).toContainEqual(
      expect.stringContaining('Partial resynchronization not accepted: Replication ID mismatch'),
    );
    expect(disagreement(run.world)).toBeNull();
  });

  test('what it had acknowledged on its last bytes and never sent is gone, and it says so', () => {
    // The link to its replica is held for the last half second of its life.
    const inputs = [
      at(12_500, { type: 'cut', from: '8901', to: '8904', oneWay: true }),
      ...writes(10_000, 30),
      toProcess(13_500, 'kill', '8901'),
      at(13_600, { type: 'heal-all' }),
      toProcess(40_000, 'restart', '8901'),
    ];
    const run = runScene({ inputs }, 50_000);
    const [lost] = notesOf(run, 'writes.lost');
    expect(lost).toMatchObject({ node: '8901', master: '8904' });
    expect(lost!.keys.length).toBeGreaterThan(3);
    const survived = Object.keys(dataOf(run.world, '8904'));
    expect(survived.length + lost!.keys.length).toBe(acceptedBy(run, '8901'));
  });

  test('back before anyone suspected it: its replica copies everything, under a new id', () => {
    const inputs = [
      ...writes(10_000, 10),
      toProcess(12_000, 'kill', '8901'),
      toProcess(13_000, 'restart', '8901'),
    ];
    const run = runScene({ inputs }, 25_000);
    expect(syncsOf(run, 12_000)).toEqual(['8904 full']);
    expect(Object.keys(dataOf(run.world, '8904'))).toHaveLength(10);
    expect(logOf(run, '8901', 13_000)).toContainEqual(
      expect.stringContaining('Replication backlog created'),
    );
  });
});

describe('replication: a link breaks and heals', () => {
  test.each(SEEDS)('seed %i: the replica goes on where it was, and misses nothing', (seed) => {
    const inputs = [
      ...writes(10_000, 40),
      at(11_000, { type: 'cut', from: '8901', to: '8904', oneWay: false }),
      at(13_000, { type: 'heal-all' }),
    ];
    const run = runScene({ seed, inputs }, 25_000);
    expect(syncsOf(run, 10_000)).toEqual(['8904 partial']);
    expect(dataOf(run.world, '8904')).toEqual(dataOf(run.world, '8901'));
    expect(Object.keys(dataOf(run.world, '8904'))).toHaveLength(40);
  });
});

describe('replication: a link is cut for longer than repl-timeout', () => {
  const inputs = [
    at(10_000, { type: 'cut', from: '8901', to: '8904', oneWay: false }),
    says(20_000, '8901', `SET ${key(1)} x`),
    at(160_000, { type: 'heal-all' }),
  ];
  const run = runScene({ inputs }, 175_000);
  const log = (name: NodeName): string[] => logOf(run, name, 60_000);

  test('both ends give up, the replica again and again; nobody fails over', () => {
    expect(log('8901')).toContain(
      'Disconnecting timedout replica (streaming sync): 127.0.0.1:8904',
    );
    expect(log('8904')).toContain('MASTER timeout: no data nor PING received...');
    expect(log('8904')).toContain('Timeout connecting to the MASTER...');
    expect(notesOf(run, 'promote')).toEqual([]);
  });

  test('and the backlog has everything when they find each other again', () => {
    expect(syncsOf(run, 60_000)).toEqual(['8904 partial']);
    expect(dataOf(run.world, '8904')).toEqual({ [key(1)]: 'x' });
  });
});

describe('replication: failover with two replicas', () => {
  test.each(SEEDS)('seed %i: the sibling goes on in the history of the elected one', (seed) => {
    const inputs = [...writes(10_000, 30), toProcess(14_000, 'kill', '8901')];
    const run = runScene({ seed, replicasPerMaster: 2, inputs }, 40_000);
    const [won] = notesOf(run, 'promote');
    const sibling = ['8904', '8905'].find((name) => name !== won!.node)!;
    expect(masterIn(run.world, sibling)).toBe(won!.node);
    expect(syncsOf(run, 14_000)).toEqual([`${sibling} partial`]);
    expect(dataOf(run.world, sibling)).toEqual(dataOf(run.world, won!.node));
    const [id, id2] = [replicationOf(run.world, won!.node), replicationOf(run.world, sibling)];
    expect(id2).toMatchObject({ id: id.id, id2: id.id2, secondOffsetBytes: id.secondOffsetBytes });
  });
});

describe('replication: the old master wakes up', () => {
  test.each(SEEDS)('seed %i: it wrote nothing alone, so nothing is copied', (seed) => {
    const inputs = [
      ...writes(10_000, 20),
      toProcess(14_000, 'freeze', '8901'),
      toProcess(35_000, 'wake', '8901'),
      says(32_000, '8904', 'SET {hello}new 1'),
    ];
    const run = runScene({ seed, inputs }, 45_000);
    expect(masterIn(run.world, '8901')).toBe('8904');
    expect(syncsOf(run, 35_000)).toEqual(['8901 partial']);
    expect(dataOf(run.world, '8901')).toEqual(dataOf(run.world, '8904'));
    expect(dataOf(run.world, '8901')['{hello}new']).toBe('1');
    expect(notesOf(run, 'writes.lost')).toEqual([]);
  });
});

describe('replication: three on each side, and a client that writes to the wrong one', () => {
  const SIDE = ['8901', '8905', '8906'];
  const others = nodeNames({ masters: 3, replicasPerMaster: 1 }).filter(
    (name) => !SIDE.includes(name),
  );
  const cuts = SIDE.flatMap((from) =>
    others.map((to) => at(12_000, { type: 'cut', from, to, oneWay: false } as const)),
  );
  const inputs = [...cuts, ...writes(12_100, 90), at(40_000, { type: 'heal-all' })];

  test.each(SEEDS)('seed %i: what the minority accepted is lost, to the last key', (seed) => {
    const run = runScene({ seed, inputs }, 55_000);
    const accepted = acceptedBy(run, '8901');
    expect(accepted).toBeGreaterThan(20);
    expect(masterIn(run.world, '8901')).toBe('8904');
    expect(dataOf(run.world, '8901')).toEqual({});
    const [lost] = notesOf(run, 'writes.lost');
    expect(lost!.keys.toSorted()).toEqual(
      Array.from({ length: accepted }, (_, i) => key(i)).toSorted(),
    );
    const [refused] = notesOf(run, 'tail.refused');
    expect(refused).toMatchObject({ node: '8904', replica: '8901' });
    // SET {hello}12 12, and at least one PING of an idle master.
    expect(refused!.bytes).toBeGreaterThan(accepted * 30);
  });

  test('after five seconds the minority says CLUSTERDOWN, and accepts nothing more', () => {
    const run = runScene({ inputs }, 30_000);
    const replies = repliesTo(run, 'writer');
    expect(replies.at(-1)).toContain('CLUSTERDOWN');
    expect(replies.findIndex((text) => text.includes('CLUSTERDOWN'))).toBe(acceptedBy(run, '8901'));
  });
});

describe('replication: WAIT', () => {
  test('one replica has it; for two there is no end but the limit', () => {
    const inputs = [
      says(10_000, '8901', `SET ${key(1)} x`),
      says(11_000, '8901', 'WAIT 1 0'),
      says(13_000, '8901', `SET ${key(2)} x`),
      says(14_000, '8901', 'WAIT 2 3000'),
    ];
    const run = runScene({ inputs }, 20_000);
    expect(repliesTo(run, 'c1')).toEqual([
      '8901 OK',
      '8901 (integer) 1',
      '8901 OK',
      '8901 (integer) 1',
    ]);
    const times = notesOf(run, 'reply').map(({ atMs }) => atMs);
    expect(times[3]! - 14_000).toBeGreaterThan(3_000);
    expect(times[3]! - 14_000).toBeLessThan(3_500);
  });
});

describe('replication: keys that outlive their deletion', () => {
  test('a slot lost with its keys: gone from memory, back from the file, marked as importing', () => {
    const inputs = [
      says(10_000, '8901', `SET ${key(1)} x`),
      // 8902 claims the slot over everyone's head.
      says(12_000, '8902', 'CLUSTER BUMPEPOCH'),
      says(12_500, '8902', 'CLUSTER DELSLOTS 866'),
      says(13_000, '8902', 'CLUSTER ADDSLOTS 866'),
      toProcess(20_000, 'restart', '8901'),
    ];
    const before = runScene({ inputs }, 19_000);
    expect(dataOf(before.world, '8901')).toEqual({});
    const { world } = runScene({ inputs }, 30_000);
    expect(stateOf(world, '8901').keys).toEqual(keyspaceOf({ [key(1)]: 'x' }));
    expect(stateOf(world, '8901').importingFrom).toEqual({ 866: stateOf(world, '8902').myId });
  });
});
