import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankNode, type ClusterNode, type ClusterState } from '../cluster-state';
import { FAIL, HANDSHAKE, MASTER, MIGRATE_TO, MYSELF, NOADDR, PFAIL, REPLICA } from '../flags';
import {
  NOW_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  notesIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { migrateIfChosen, migrationIsDue } from './replica-migration';

/** Seen by `me`: 8904 and 8905 follow 8901, 8906 follows 8903, and 8902 has lost its replica. */
function orphaned(me = '8904', change: Partial<ClusterState> = {}): ClusterState {
  return { ...withEntry(settledNode(me), '8905', { masterId: idOf('8901') }), ...change };
}
const config = (change: Partial<ClusterState['config']>) => ({
  config: { ...settledNode('8904').config, ...change },
});
const isDue = (state: ClusterState): boolean => migrationIsDue(turnOf(state));
/** The state after a look `ageMs` after 8902 was first seen as an orphan. */
function look(state: ClusterState, ageMs: number) {
  const seen = withEntry(state, '8902', { orphanedMs: NOW_MS - ageMs });
  const turn = turnOf(seen);
  migrateIfChosen(turn);
  return turn;
}
const masterAfter = (state: ClusterState, ageMs = 5_001): string | undefined =>
  entryOf(look(state, ageMs).state, '8904').masterId?.slice(0, 4);

describe('migration: when a replica looks closer, in every tick', () => {
  test('a master is orphaned, mine has two working replicas, none has more', () => {
    expect(isDue(orphaned())).toBe(true);
  });

  test.each([
    ['every master has a replica', settledNode('8904')],
    ['a master never looks', orphaned('8901')],
    ['its master has but one', orphaned('8906')],
    ['another has more', withEntry(orphaned('8906'), '8905', { masterId: idOf('8901') })],
    ['the orphan has no slots', withEntry(orphaned(), '8902', { slots: [] })],
    ['the orphan never had a replica', withEntry(orphaned(), '8902', { flags: 1 })],
    ['the orphan has failed', flagged(orphaned(), '8902', FAIL)],
    ['the orphan has no address', flagged(orphaned(), '8902', NOADDR)],
    ['the orphan is a handshake', flagged(orphaned(), '8902', HANDSHAKE)],
    ['a replica of mine has failed', flagged(orphaned(), '8905', FAIL)],
    ['my master has failed', flagged(orphaned(), '8901', FAIL)],
    ['it is not allowed', orphaned('8904', config({ allowReplicaMigration: false }))],
  ])('not if %s', (_, state) => {
    expect(isDue(state)).toBe(false);
  });

  test('a suspected replica still counts as working', () => {
    expect(isDue(flagged(orphaned(), '8905', PFAIL))).toBe(true);
  });
});

describe('migration: who moves, and when', () => {
  test('the orphan has waited for more than five seconds', () => {
    expect(masterAfter(orphaned(), 5_000)).toBe('8901');
    expect(masterAfter(orphaned(), 5_001)).toBe('8902');
  });

  test('the first look starts the clock; an orphan no longer orphaned stops it', () => {
    const first = turnOf(orphaned());
    migrateIfChosen(first);
    expect(entryOf(first.state, '8902').orphanedMs).toBe(NOW_MS);
    const cared = look(withEntry(orphaned(), '8906', { masterId: idOf('8902') }), 9_000);
    expect(entryOf(cared.state, '8902').orphanedMs).toBe(0);
  });

  test('said in the log and in a note; the new master is dialled', () => {
    const turn = look(orphaned(), 6_000);
    expect(logIn(turn)[0]).toBe(`Migrating to orphaned master ${idOf('8902')}`);
    expect(notesIn(turn, 'migrate')).toEqual([
      { event: 'migrate', node: '8904', from: '8901', to: '8902' },
    ]);
    expect(notesIn(turn, 'demote')).toEqual([]);
    expect(turn.state.replication.masterPort).toBe(8902);
  });

  test('the smallest id of all who could: its sibling stays', () => {
    expect(entryOf(look(orphaned('8905'), 6_000).state, '8905').masterId).toBe(idOf('8901'));
  });

  test('a failed replica with a smaller id is chosen, and so nobody moves', () => {
    const third = withEntry(orphaned('8905'), '8906', { masterId: idOf('8901') });
    const state = flagged(third, '8904', FAIL);
    expect(isDue(state)).toBe(true);
    expect(entryOf(look(state, 6_000).state, '8905').masterId).toBe(idOf('8901'));
  });

  test.each([
    ['its own table says fail', orphaned('8904', { state: 'fail' })],
    ['the barrier is 2', orphaned('8904', config({ migrationBarrier: 2 }))],
    ['a suspect does not count above the barrier', flagged(orphaned(), '8905', PFAIL)],
  ])('nobody moves: %s', (_, state) => {
    expect(masterAfter(state, 60_000)).toBe('8901');
  });

  test('the barrier is the number of replicas that stay', () => {
    expect(masterAfter(orphaned('8904', config({ migrationBarrier: 1 })))).toBe('8902');
    expect(masterAfter(orphaned('8904', config({ migrationBarrier: 0 })))).toBe('8902');
  });

  test('the master that is left keeps its mark, the orphan has one', () => {
    const { state } = look(orphaned(), 6_000);
    expect(entryOf(state, '8901').flags & MIGRATE_TO).toBe(MIGRATE_TO);
    expect(entryOf(state, '8902').flags & MIGRATE_TO).toBe(MIGRATE_TO);
  });
});

describe('migration: everyone holds the same table', () => {
  const HEALTHY = 0;
  const health = fc.constantFrom(HEALTHY, HEALTHY, HEALTHY, PFAIL, FAIL);
  const shards = (flags: fc.Arbitrary<number>) =>
    fc.array(fc.array(flags, { maxLength: 4 }), { minLength: 2, maxLength: 5 });

  /** Masters 8001, 8002, …; their replicas have ids in an order of their own. */
  function tables(replicas: readonly (readonly number[])[], shuffle: number): ClusterState[] {
    const { nodes: _, ...settled } = settledNode('8904');
    const master = (i: number) => String(8_001 + i);
    const masters = replicas.map((__, i) => ({
      ...madeNode(master(i), MASTER | MIGRATE_TO),
      slots: [[i, i]] as const,
      orphanedMs: NOW_MS - 6_000,
    }));
    const followers = replicas.flatMap((flags, i) =>
      flags.map((flag, j) => ({
        ...madeNode(String(8_100 + ((i * 7 + j * shuffle) % 97)), REPLICA | flag),
        masterId: idOf(master(i)),
      })),
    );
    const nodes = [...masters, ...followers];
    return followers.map(({ id, flags }) => ({
      ...settled,
      myId: id,
      nodes: nodes.map((node) => (node.id === id ? { ...node, flags: flags | MYSELF } : node)),
    }));
  }
  const madeNode = (name: string, flags: number): ClusterNode =>
    blankNode({ id: idOf(name), flags, createdMs: 0, port: Number(name), busPort: 1 });

  /** Those that move, each looking at its own copy of the table. */
  const movers = (states: readonly ClusterState[]): ClusterState[] =>
    states.filter((state) => {
      const turn = turnOf(state);
      if (!migrationIsDue(turn)) return false;
      migrateIfChosen(turn);
      return turn.me.masterId !== state.nodes.find(({ id }) => id === state.myId)!.masterId;
    });
  const shuffles = fc.integer({ min: 1, max: 96 });

  test('never more than one replica moves at a time', () => {
    fc.assert(
      fc.property(shards(health), shuffles, (replicas, shuffle) => {
        const states = tables(replicas, shuffle);
        fc.pre(new Set(states.map(({ myId }) => myId)).size === states.length);
        expect(movers(states).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('with all of them healthy exactly one moves, if one can be spared', () => {
    fc.assert(
      fc.property(shards(fc.constant(HEALTHY)), shuffles, (replicas, shuffle) => {
        const states = tables(replicas, shuffle);
        fc.pre(new Set(states.map(({ myId }) => myId)).size === states.length);
        const isOrphaned = replicas.some((flags) => flags.length === 0);
        const canSpare = replicas.some((flags) => flags.length >= 2);
        expect(movers(states)).toHaveLength(isOrphaned && canSpare ? 1 : 0);
      }),
    );
  });
});
