import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { FAIL, MASTER, MYSELF, PFAIL } from '../flags';
import {
  NOW_MS,
  T_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  notesIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { updateClusterState } from './service-state';

function update(state: ClusterState, nowMs = NOW_MS) {
  const turn = turnOf(state, nowMs);
  updateClusterState(turn);
  return turn;
}
const after = (state: ClusterState, nowMs = NOW_MS) => update(state, nowMs).state.state;

const settled = settledNode('8901');
const down: ClusterState = { ...settled, state: 'fail' };

describe('state: what makes it fail', () => {
  test.each([
    ['all is well', settled, 'ok'],
    ['an owner is FAIL', flagged(settled, '8903', FAIL), 'fail'],
    [
      'an owner is only suspected: its slots are still covered',
      flagged(settled, '8903', PFAIL),
      'ok',
    ],
    [
      'two of three masters are suspected: no majority in reach',
      flagged(flagged(settled, '8902', PFAIL), '8903', PFAIL),
      'fail',
    ],
    ['a slot has no owner', withEntry(settled, '8903', { slots: [[10924, 16383]] }), 'fail'],
    ['a replica is FAIL', flagged(settled, '8905', FAIL), 'ok'],
  ])('%s: %s', (_, state, expected) => {
    expect(after(state)).toBe(expected);
  });

  test('without full coverage a lost shard does not matter, the majority still does', () => {
    const config = { ...settled.config, requireFullCoverage: false };
    const relaxed = { ...settled, config };
    expect(after(flagged(relaxed, '8903', FAIL))).toBe('ok');
    expect(after(flagged(flagged(relaxed, '8903', FAIL), '8902', FAIL))).toBe('fail');
  });

  test('a change is logged and noted, and nothing else is', () => {
    const turn = update(flagged(settled, '8903', FAIL));
    expect(logIn(turn)).toEqual(['Cluster state changed: fail']);
    expect(notesIn(turn, 'state')).toEqual([{ event: 'state', node: '8901', state: 'fail' }]);
    expect(update(turn.state).effects).toEqual([]);
  });
});

describe('state: the size is counted anew', () => {
  test('masters with slots, failed ones included', () => {
    const state = flagged(withEntry(settled, '8902', { slots: [] }), '8903', FAIL);
    expect(update({ ...state, size: 99 }).state.size).toBe(2);
  });
});

describe('state: a master waits two seconds after its first look', () => {
  const starting = { ...down, firstUpdateMs: NOW_MS, size: 1 };

  test.each([
    [1_999, 'fail', 1],
    [2_000, 'ok', 3],
  ])('%i ms after: %s, size %i', (ageMs, expected, size) => {
    const { state } = update(starting, NOW_MS + ageMs);
    expect(state).toMatchObject({ state: expected, size });
  });

  test('the wait starts with the first look of this process', () => {
    expect(update({ ...down, firstUpdateMs: null }).state.firstUpdateMs).toBe(NOW_MS);
  });

  test('a replica does not wait', () => {
    expect(after({ ...settledNode('8904'), state: 'fail', firstUpdateMs: NOW_MS })).toBe('ok');
  });

  test('a master that is ok can fail within the two seconds', () => {
    expect(after(flagged({ ...settled, firstUpdateMs: NOW_MS }, '8903', FAIL))).toBe('fail');
  });
});

describe('state: a master back from the minority waits again', () => {
  const withTimeout = (state: ClusterState, nodeTimeoutMs: number): ClusterState => ({
    ...state,
    config: { ...state.config, nodeTimeoutMs },
  });
  test.each([
    ['as long as the timeout', 2_000, 2_000],
    ['at least half a second', 100, 500],
    ['at most five seconds', 60_000, 5_000],
  ])('%s', (_, timeoutMs, waitMs) => {
    const back = withTimeout({ ...down, minorityMs: NOW_MS }, timeoutMs);
    expect(after(back, NOW_MS + waitMs - 1)).toBe('fail');
    expect(after(back, NOW_MS + waitMs)).toBe('ok');
  });

  test('each look from within the minority starts the wait anew', () => {
    const cutOff = flagged(flagged(down, '8902', PFAIL), '8903', PFAIL);
    expect(update(cutOff).state.minorityMs).toBe(NOW_MS);
  });

  test('a replica does not wait', () => {
    const replica = { ...settledNode('8904'), state: 'fail' as const, minorityMs: NOW_MS - 1 };
    expect(after(withTimeout(replica, T_MS))).toBe('ok');
  });
});

describe('state: a majority of masters with slots, dead ones counted', () => {
  /** `count` masters with a slot each, of which the last `silent` are suspected. */
  function masters(count: number, silent: number): ClusterState {
    const ports = Array.from({ length: count }, (_, i) => 8901 + i);
    const nodes = ports.map((port, i) => ({
      ...entryOf(settled, '8901'),
      id: idOf(String(port)),
      slots: [[i, i]] as const,
      flags: (i === 0 ? MYSELF : 0) | MASTER | (i >= count - silent ? PFAIL : 0),
    }));
    return { ...settled, nodes, config: { ...settled.config, requireFullCoverage: false } };
  }

  test.each([
    [1, 0, 'ok'],
    [2, 1, 'fail'],
    [3, 1, 'ok'],
    [3, 2, 'fail'],
    [4, 1, 'ok'],
    [4, 2, 'fail'],
    [5, 2, 'ok'],
    [5, 3, 'fail'],
  ])('%i masters, %i silent: %s; half of an even number is no majority', (count, silent, is) => {
    expect(after(masters(count, silent))).toBe(is);
  });

  test('nobody with slots: no majority either', () => {
    const state = { ...masters(1, 0), nodes: [{ ...entryOf(settled, '8901'), slots: [] }] };
    expect(update(state).state).toMatchObject({ state: 'fail', size: 0, minorityMs: NOW_MS });
  });

  test('suspicion and verdict count the same', () => {
    const dead = masters(3, 2);
    const nodes = dead.nodes.map((node) =>
      node.flags & PFAIL ? { ...node, flags: (node.flags & ~PFAIL) | FAIL } : node,
    );
    expect(after({ ...dead, nodes })).toBe('fail');
  });
});

describe('state: the wait after the minority and the one after the start are two', () => {
  test.each([
    [1_999, 3_000, 'fail'],
    [2_000, 3_000, 'ok'],
    [5_000, 1_999, 'fail'],
    [5_000, 2_000, 'ok'],
  ])('%i ms after the first look, %i ms after the minority: %s', (sinceStart, since, is) => {
    const state: ClusterState = {
      ...down,
      config: { ...down.config, nodeTimeoutMs: 2_000 },
      firstUpdateMs: NOW_MS - sinceStart,
      minorityMs: NOW_MS - since,
    };
    expect(after(state)).toBe(is);
  });

  test('neither keeps a master from failing at once', () => {
    const state = { ...flagged(settled, '8903', FAIL), firstUpdateMs: NOW_MS, minorityMs: NOW_MS };
    expect(after(state)).toBe('fail');
  });
});
