import { describe, expect, test } from 'vitest';
import { disagreement } from './invariants';
import { masterIn, notesOf, runScene, stateOf, toProcess } from './run-fixture';

/** Masters 8901 to 8903, two replicas each: 8904 and 8905, 8906 and 8907, 8908 and 8909. */
const scene = { replicasPerMaster: 2, nodeTimeoutMs: 2_000 };
const REPLICAS = ['8904', '8905', '8906', '8907', '8908', '8909'];

describe('replica migration: both replicas of 8901 are killed', () => {
  const orphaned = [toProcess(20_000, 'kill', '8904'), toProcess(20_000, 'kill', '8905')];

  test.each([1, 2, 3, 4])(
    'seed %i: the smallest id moves, five seconds after the last FAIL',
    (seed) => {
      const run = runScene({ ...scene, seed, inputs: orphaned }, 35_000);
      const moves = notesOf(run, 'migrate');
      expect(moves).toHaveLength(1);
      const [move] = moves;
      const others = ['8906', '8907', '8908', '8909'];
      const smallest = others.reduce((a, b) =>
        stateOf(run.world, a).myId < stateOf(run.world, b).myId ? a : b,
      );
      expect(move).toMatchObject({ node: smallest, to: '8901' });
      expect(masterIn(run.world, smallest)).toBe('8901');
      expect(stateOf(run.world, smallest).replication.link).toBe('up');
      const failed = run.notes.filter(
        (note) => note.event === 'flag.set' && note.at === smallest && note.flag === 'fail',
      );
      const sinceFailMs = move!.atMs - failed.at(-1)!.atMs;
      expect(sinceFailMs).toBeGreaterThan(5_000);
      expect(sinceFailMs).toBeLessThan(5_400);
      expect(disagreement(run.world)).toBeNull();
    },
  );

  test('the mover stands for its new master when that one dies', () => {
    const inputs = [...orphaned, toProcess(35_000, 'kill', '8901')];
    const run = runScene({ ...scene, inputs }, 50_000);
    const [move] = notesOf(run, 'migrate');
    expect(notesOf(run, 'promote').map(({ node }) => node)).toEqual([move!.node]);
  });

  test('the replicas of 8901 come back: the mover stays where it is', () => {
    const back = [toProcess(35_000, 'restart', '8904'), toProcess(35_000, 'restart', '8905')];
    const run = runScene({ ...scene, inputs: [...orphaned, ...back] }, 55_000);
    const following = REPLICAS.filter((name) => masterIn(run.world, name) === '8901');
    expect(following).toHaveLength(3);
    expect(notesOf(run, 'migrate')).toHaveLength(1);
  });
});

describe('replica migration: nobody moves', () => {
  test('while one replica is left', () => {
    const run = runScene({ ...scene, inputs: [toProcess(20_000, 'kill', '8904')] }, 35_000);
    expect(notesOf(run, 'migrate')).toEqual([]);
  });

  test('when no master has two replicas', () => {
    const one = { replicasPerMaster: 1, inputs: [toProcess(20_000, 'kill', '8904')] };
    expect(notesOf(runScene({ ...scene, ...one }, 35_000), 'migrate')).toEqual([]);
  });

  test('when the lost replicas are back within five seconds', () => {
    const inputs = [
      toProcess(20_000, 'kill', '8904'),
      toProcess(20_000, 'kill', '8905'),
      toProcess(25_000, 'restart', '8904'),
    ];
    expect(notesOf(runScene({ ...scene, inputs }, 40_000), 'migrate')).toEqual([]);
  });
});

describe('replica migration: a master fails over with two replicas', () => {
  test('its other replica follows the new master: nobody moves', () => {
    const run = runScene({ ...scene, inputs: [toProcess(20_000, 'kill', '8901')] }, 40_000);
    expect(notesOf(run, 'promote')).toHaveLength(1);
    expect(notesOf(run, 'migrate')).toEqual([]);
    expect(disagreement(run.world)).toBeNull();
  });
});
