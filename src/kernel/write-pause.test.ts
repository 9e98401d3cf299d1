import { describe, expect, test } from 'vitest';
import type { Input } from './inputs';
import { disagreement } from './invariants';
import {
  at,
  masterIn,
  notesOf,
  repliesTo,
  runScene,
  says,
  stateOf,
  toProcess,
} from './run-fixture';

describe('CLUSTER FAILOVER: writes meanwhile', () => {
  const ask = says(20_000, '8904', 'CLUSTER FAILOVER', 'admin');

  test('a write that comes in the pause goes on at the new master, and is not lost', () => {
    const inputs = [says(19_000, '8901', 'SET bar 1'), ask, says(20_150, '8901', 'SET bar 2')];
    const run = runScene({ inputs }, 25_000);
    expect(notesOf(run, 'manual.resume')[0]!.waiting).toBe(1);
    expect(repliesTo(run, 'c1')).toEqual(['8901 OK', '8901 MOVED 5061 127.0.0.1:8904', '8904 OK']);
    const after = runScene({ inputs: [...inputs, says(24_000, '8904', 'GET bar', 'c2')] }, 25_000);
    expect(repliesTo(after, 'c2')).toEqual(['8904 "2"']);
  });

  test('the election waits for a write the replica has not read yet', () => {
    const hold: Input = { type: 'hold', from: '8901', to: '8904', oneWay: true };
    const slow = { ...hold, type: 'delay', addMs: 300 } as const;
    const inputs = [at(19_000, slow), says(19_900, '8901', 'SET bar 1'), ask];
    const run = runScene({ inputs }, 26_000);
    const applied = stateOf(run.world, '8904').replication.offsetBytes;
    const named = notesOf(run, 'manual.ready')[0]!.offsetBytes;
    expect(masterIn(run.world, '8901')).toBe('8904');
    expect(applied).toBeGreaterThanOrEqual(named);
    const read = runScene({ inputs: [...inputs, says(25_000, '8904', 'GET bar', 'c2')] }, 26_000);
    expect(repliesTo(read, 'c2')).toEqual(['8904 "1"']);
  });

  /** Two of the three voters sleep, so nobody can be elected. */
  const noMajority = [toProcess(19_900, 'freeze', '8902'), toProcess(19_900, 'freeze', '8903')];

  test('no majority: five seconds of pause, then the master does what waited', () => {
    const inputs = [
      ...noMajority,
      ask,
      says(20_300, '8901', 'SET bar 1'),
      says(20_400, '8901', 'GET bar', 'c2'),
    ];
    const run = runScene({ nodeTimeoutMs: 15_000, inputs }, 27_000);
    const expired = notesOf(run, 'manual.expire');
    expect(expired.map(({ node }) => node).sort()).toEqual(['8901', '8904']);
    for (const { atMs } of expired) {
      expect(atMs).toBeGreaterThan(25_000);
      expect(atMs).toBeLessThan(25_500);
    }
    expect(repliesTo(run, 'c1')).toEqual(['8901 OK']);
    expect(repliesTo(run, 'c2')).toEqual(['8901 (nil)']);
    const [read, written] = notesOf(run, 'reply').slice(-2);
    expect(read!.atMs).toBeLessThan(21_000);
    expect(written!.atMs).toBeGreaterThan(25_000);
    expect(masterIn(run.world, '8904')).toBe('8901');
    expect(run.world.elections.map(({ outcome }) => outcome)).toEqual(['expired']);
  });

  test('the paused master is killed: whoever waited learns that nobody listens', () => {
    const inputs = [
      ...noMajority,
      ask,
      says(20_300, '8901', 'SET bar 1'),
      toProcess(21_000, 'kill', '8901'),
    ];
    const run = runScene({ nodeTimeoutMs: 15_000, inputs }, 22_000);
    expect(repliesTo(run, 'c1')).toEqual([
      '8901 Could not connect to Redis at 127.0.0.1:8901: Connection refused',
    ]);
  });

  test('the paused master freezes: replaced all the same, it wakes and sends the client on', () => {
    const inputs = [
      ask,
      says(20_150, '8901', 'SET bar 1'),
      toProcess(20_260, 'freeze', '8901'),
      toProcess(50_000, 'wake', '8901'),
    ];
    const run = runScene({ inputs }, 55_000);
    expect(masterIn(run.world, '8901')).toBe('8904');
    expect(disagreement(run.world)).toBeNull();
    expect(repliesTo(run, 'c1').at(-1)).toMatch(/ OK$/);
  });
});
