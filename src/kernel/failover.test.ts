import { describe, expect, test } from 'vitest';
import { lookupNode } from '../protocol/cluster-state';
import { FAIL, PFAIL } from '../protocol/flags';
import type { NodeName } from '../protocol/ids';
import { processOf } from '../protocol/node.machine';
import { slotCount } from '../protocol/slot-ranges';
import type { TimedInput } from './inputs';
import { disagreement } from './invariants';
import { at, masterIn, runScene, stateOf, type Run } from './run-fixture';
import type { World } from './world';

const kill = (atMs: number, node: NodeName): TimedInput => at(atMs, { type: 'kill', node });

const promoted = ({ notes }: Run): string[] =>
  notes.flatMap((note) => (note.event === 'promote' ? [note.node] : []));

/** What the others hold about `name`: its slots and its failure flags. */
const heldBy = (world: World, viewer: NodeName, name: NodeName) => {
  const state = stateOf(world, viewer);
  const node = lookupNode(state, stateOf(world, name).myId)!;
  return { slots: node.slots, flags: node.flags & (FAIL | PFAIL) };
};

describe('create: a cluster as redis-cli makes it', () => {
  const { world } = runScene({}, 10_000);

  test.each([...world.nodes.keys()])('%s knows all six, all slots, and is ok', (name) => {
    const state = stateOf(world, name);
    expect(state.nodes).toHaveLength(6);
    expect(state.nodes.reduce((sum, { slots }) => sum + slotCount(slots), 0)).toBe(16_384);
    expect(state.state).toBe('ok');
    expect(state.nodes.every(({ id, link }) => id === state.myId || link?.connected)).toBe(true);
  });

  test('replicas follow their masters in the order of ports', () => {
    expect(['8904', '8905', '8906'].map((name) => masterIn(world, name))).toEqual([
      '8901',
      '8902',
      '8903',
    ]);
  });

  test('currentEpoch is the number of nodes, not of masters', () => {
    expect(stateOf(world, '8901').currentEpoch).toBe(6);
  });
});

describe('failover: 8901 is killed at 10 s (timeout 5 s), whatever the seed', () => {
  const SEEDS = Array.from({ length: 200 }, (_, i) => i + 1);
  const LIVE = ['8902', '8903', '8904', '8905', '8906'];

  test.each(SEEDS)('seed %i: 8904 takes over, everyone agrees', (seed) => {
    const { world, notes } = runScene({ seed, inputs: [kill(10_000, '8901')] }, 32_000);
    for (const viewer of LIVE) {
      expect(stateOf(world, viewer).state).toBe('ok');
      expect(heldBy(world, viewer, '8904').slots).toEqual([[0, 5460]]);
      expect(heldBy(world, viewer, '8901')).toEqual({ slots: [], flags: FAIL });
    }
    expect(disagreement(world)).toBeNull();
    expect(promoted({ world, notes })).toEqual(['8904']);
    expect(masterIn(world, '8904')).toBeNull();
  });
});

describe('failover: the old master comes back', () => {
  test.each([1, 2, 3, 4, 5, 6])('seed %i: as replica of 8904, without serving a write', (seed) => {
    const inputs = [kill(10_000, '8901'), at(30_000, { type: 'restart', node: '8901' })];
    const back = runScene({ seed, inputs }, 40_000);
    expect(disagreement(back.world)).toBeNull();
    expect(masterIn(back.world, '8901')).toBe('8904');
    expect(stateOf(back.world, '8901').replication.link).toBe('up');
    for (const viewer of ['8902', '8904', '8906']) {
      expect(heldBy(back.world, viewer, '8901')).toEqual({ slots: [], flags: 0 });
    }
    const after = back.notes.filter(({ atMs }) => atMs >= 30_000);
    const turned = after.findIndex(({ event }) => event === 'demote');
    const servedAsMaster = after
      .slice(0, turned)
      .some((note) => note.event === 'state' && note.node === '8901' && note.state === 'ok');
    expect(turned).toBeGreaterThan(-1);
    expect(servedAsMaster).toBe(false);
  });

  test('restarted before anyone suspected it: it goes on as master', () => {
    const inputs = [kill(10_000, '8901'), at(11_000, { type: 'restart', node: '8901' })];
    const back = runScene({ inputs }, 30_000);
    expect(promoted(back)).toEqual([]);
    expect(masterIn(back.world, '8901')).toBeNull();
    expect(disagreement(back.world)).toBeNull();
    expect(stateOf(back.world, '8901').state).toBe('ok');
  });

  test('frozen long enough, it wakes as a zombie, is told, and steps down', () => {
    const inputs = [
      at(10_000, { type: 'freeze', node: '8901' }),
      at(30_000, { type: 'wake', node: '8901' }),
    ];
    const zombie = runScene({ inputs }, 40_000);
    expect(promoted(zombie)).toEqual(['8904']);
    expect(masterIn(zombie.world, '8901')).toBe('8904');
    const demoted = zombie.notes.find(
      (note) => note.event === 'demote' && note.node === '8901' && note.atMs >= 30_000,
    );
    expect(demoted!.atMs - 30_000).toBeLessThan(500);
    // SIGCONT ends its wait for the sockets: the overdue tick comes before anything is read.
    const pings = zombie.notes.findIndex(
      (note) =>
        note.event === 'sent' &&
        note.from === '8901' &&
        note.type === 'PING' &&
        note.atMs >= 30_000,
    );
    expect(pings).toBeGreaterThan(-1);
    expect(pings).toBeLessThan(zombie.notes.indexOf(demoted!));
    expect(disagreement(zombie.world)).toBeNull();
  });

  test('frozen for less than the timeout, nobody notices', () => {
    const inputs = [
      at(10_000, { type: 'freeze', node: '8901' }),
      at(14_000, { type: 'wake', node: '8901' }),
    ];
    const { notes } = runScene({ inputs }, 25_000);
    expect(notes.filter(({ event }) => event === 'flag.set')).toEqual([]);
  });
});

describe('failover: who may not stand', () => {
  test('a replica restarted while its master is dead never does', () => {
    const inputs = [
      kill(10_000, '8904'),
      kill(12_000, '8901'),
      at(20_000, { type: 'restart', node: '8904' }),
    ];
    const hopeless = runScene({ inputs }, 80_000);
    expect(promoted(hopeless)).toEqual([]);
    expect(stateOf(hopeless.world, '8904').state).toBe('fail');
    const said = hopeless.notes.filter(
      (note) => note.event === 'log' && note.text.includes('Disconnected from master for longer'),
    );
    expect(said).toHaveLength(1);
  });

  test('two of three masters at once: nobody is left to elect anyone', () => {
    const freeze = (node: NodeName) => at(10_000, { type: 'freeze', node } as const);
    const two = runScene({ inputs: [freeze('8901'), freeze('8902')] }, 60_000);
    expect(promoted(two)).toEqual([]);
    for (const name of ['8903', '8904', '8905', '8906']) {
      expect(stateOf(two.world, name).state).toBe('fail');
    }
  });

  test('five shards can lose two at once: both are replaced, one after the other', () => {
    const inputs = [kill(10_000, '8901'), kill(10_000, '8902')];
    for (const seed of [1, 2, 3]) {
      const five = runScene({ masters: 5, seed, inputs }, 75_000);
      expect(promoted(five).sort()).toEqual(['8906', '8907']);
      expect(disagreement(five.world)).toBeNull();
      expect(stateOf(five.world, '8903').state).toBe('ok');
    }
  });

  test('two shards elect in different epochs: a voter has one vote for each', () => {
    const inputs = [kill(10_000, '8901'), kill(10_000, '8902')];
    const five = runScene({ masters: 5, inputs }, 75_000);
    const epochs = five.notes.flatMap((note) => (note.event === 'promote' ? [note.epoch] : []));
    expect(new Set(epochs).size).toBe(2);
  });
});

test('failover: two replicas, the one with more data asks first', () => {
  const write = (atMs: number): TimedInput =>
    at(atMs, {
      type: 'command',
      client: 'c1',
      node: '8901',
      argv: ['SET', 'hello', 'x'],
      follow: true,
    });
  // 8905 hears nothing from its master any more, so it misses the writes.
  const inputs = [
    at(10_000, { type: 'hold', from: '8901', to: '8905', oneWay: true }),
    write(10_100),
    write(10_200),
    kill(10_900, '8901'),
  ];
  const ranked = runScene({ replicasPerMaster: 2, inputs }, 40_000);
  expect(masterIn(ranked.world, '8905')).toBe('8904');
  expect(promoted(ranked)).toEqual(['8904']);
  expect(processOf(ranked.world.nodes.get('8901')!)).toBe('killed');
});
