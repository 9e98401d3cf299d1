import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { failoverVerdict, scheduleElection, startElection, winElection } from './election';
import { FAIL } from '../flags';
import {
  NOW_MS,
  T_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';

/** Replica 8904, whose master 8901 failed a moment ago. */
const bereft = withEntry(flagged(settledNode('8904'), '8901', FAIL), '8901', {
  failMs: NOW_MS - 100,
});
const verdict = (state: ClusterState, nowMs = NOW_MS) => failoverVerdict(turnOf(state, nowMs));

describe('election: a manual failover', () => {
  const manual = (
    change: Partial<ClusterState['manualFailover']>,
    state = settledNode('8904'),
  ) => ({
    ...state,
    manualFailover: { ...state.manualFailover, endMs: NOW_MS + 5_000, ...change },
  });
  const ready = manual({ canStart: true });
  const withData = (state: ClusterState, downSinceMs: number): ClusterState => ({
    ...state,
    replication: { ...state.replication, link: 'down', downSinceMs },
  });

  test.each([
    ['the master is up and nobody asked', settledNode('8904'), 'not-needed'],
    ['asked, but the offset is not reached', manual({ masterOffsetBytes: 120 }), 'not-needed'],
    ['it may start', ready, 'schedule'],
    ['its data is old', withData(ready, 0), 'schedule'],
    [
      'it may not stand by itself',
      { ...ready, config: { ...ready.config, replicaNoFailover: true } },
      'schedule',
    ],
    ['the master has no slots', withEntry(ready, '8901', { slots: [] }), 'not-needed'],
  ])('%s', (_, state, expected) => {
    expect(verdict(state)).toBe(expected);
  });

  const behind = (state: ClusterState): ClusterState =>
    withEntry(state, '8905', { masterId: idOf('8901'), offsetBytes: 900 });

  test('at once, whatever the rank, before the next sleep', () => {
    const turn = turnOf(behind(ready));
    scheduleElection(turn);
    expect(turn.state.failover).toMatchObject({ authTimeMs: NOW_MS, delayMs: 0, rank: 0 });
    expect(turn.state.todo.handleFailover).toBe(true);
    expect(logIn(turn)).toEqual([
      'Start of election delayed for 0 milliseconds (rank #0, offset 100).',
    ]);
    expect(verdict(turn.state)).toBe('request-votes');
  });

  test('a sibling with more data adds no delay', () => {
    const due = { ...bereft.failover, authTimeMs: NOW_MS, rank: 0 };
    const state = behind({ ...ready, failover: due });
    expect(verdict(state)).toBe('request-votes');
    const turn = turnOf(state);
    startElection(turn);
    expect(logIn(turn)[0]).toBe('Starting a failover election for epoch 7.');
  });

  test('a request that says: vote although the master is up', () => {
    const turn = turnOf(ready);
    startElection(turn);
    expect(sentIn(turn)[0]!.message).toMatchObject({ forceAck: true, paused: false });
  });

  test('even an automatic election is at once, and forced, while a manual failover runs', () => {
    const turn = turnOf(manual({}, bereft));
    expect(verdict(turn.state)).toBe('schedule');
    scheduleElection(turn);
    startElection(turn);
    expect(turn.state.failover.delayMs).toBe(0);
    expect(sentIn(turn).at(-1)!.message.forceAck).toBe(true);
  });

  test('won: the first PONGs of the new master still say paused', () => {
    const voted = { ...bereft.failover, authTimeMs: NOW_MS, epoch: 7, sent: true, voteCount: 2 };
    const turn = turnOf({ ...ready, currentEpoch: 7, failover: voted });
    expect(verdict(turn.state)).toBe('won');
    winElection(turn);
    const pongs = sentIn(turn).map(({ message }) => message);
    expect(pongs.every(({ type, paused }) => type === 'PONG' && paused)).toBe(true);
    expect(turn.state.manualFailover.endMs).toBe(0);
  });

  test('trap: soon after an earlier attempt it waits, and may run out of its five seconds', () => {
    const spent = { ...bereft.failover, authTimeMs: NOW_MS, sent: true, epoch: 6 };
    const at = (ageMs: number) => verdict({ ...ready, failover: spent }, NOW_MS + ageMs);
    expect(at(2 * T_MS)).toBe('wait-votes');
    expect(at(2 * T_MS + 1)).toBe('expired');
    expect(at(4 * T_MS)).toBe('expired');
    expect(at(4 * T_MS + 1)).toBe('schedule');
  });

  test('trap: votes of a victory not long ago elect it again, in the old epoch', () => {
    const won = { ...bereft.failover, authTimeMs: NOW_MS, epoch: 6, sent: true, voteCount: 3 };
    const turn = turnOf({ ...ready, currentEpoch: 9, failover: won });
    expect(verdict(turn.state)).toBe('won');
    winElection(turn);
    expect(entryOf(turn.state, '8904').configEpoch).toBe(6);
    expect(turn.state.currentEpoch).toBe(9);
  });
});
