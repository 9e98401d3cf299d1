import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { FAIL, NOADDR, PFAIL } from '../flags';
import { NOW_MS, T_MS, flagged, settledNode, turnOf, withEntry } from '../fixtures/node-fixture';
import { entryDueMs, foreseeQuiet, keepQuiet, tickIsQuiet } from './quiet-ticks';
import type { Turn } from '../turn';
import { Vitals } from '../vitals';
import { tableOf, wholeEntries } from '../whole-entries';

/** As a tick at `NOW_MS` leaves it; neither the next tick nor the one after it is a tenth. */
function afterTick(state: ClusterState): ClusterState {
  const turn = turnOf({ ...state, quietUntilMs: 0, cronIteration: 502 });
  foreseeQuiet(turn);
  return turn.state;
}
const isQuiet = (state: ClusterState, afterMs = 100): boolean =>
  tickIsQuiet(afterTick(state), NOW_MS + afterMs, 0);

const fresh = { pongReceivedMs: NOW_MS, pingSentMs: 0 };
const heard = (state: ClusterState): ClusterState => ({
  ...state,
  ...tableOf(wholeEntries(state).map((node) => ({ ...node, ...fresh }))),
});
const master = heard(settledNode('8901'));
const replica = heard(settledNode('8904'));

describe('quiet ticks: nothing would happen', () => {
  test.each([
    ['a master', master],
    ['a replica', replica],
  ])('while all have answered: %s', (_, state) => {
    expect(isQuiet(state)).toBe(true);
  });

  test('until half the timeout after the oldest PONG', () => {
    expect([T_MS / 2, T_MS / 2 + 1].map((afterMs) => isQuiet(master, afterMs))).toEqual([
      true,
      false,
    ]);
  });

  test('also when a PONG came since then: what was foreseen was too early', () => {
    const state = afterTick(withEntry(master, '8902', { pongReceivedMs: NOW_MS - 100 }));
    const later = withEntry(state, '8902', fresh);
    expect(tickIsQuiet(state, NOW_MS + T_MS / 2, 0)).toBe(false);
    expect(tickIsQuiet(later, NOW_MS + T_MS / 2, 0)).toBe(true);
  });

  test.each([
    [6, true],
    [7, false],
  ])('but the tenth pings: %i were left out before this one', (passed, quiet) => {
    expect(tickIsQuiet(afterTick(master), NOW_MS + 1, passed)).toBe(quiet);
  });

  test('the one after it looks after replication: a replica acknowledges', () => {
    expect(tickIsQuiet(afterTick(replica), NOW_MS + 1, 8)).toBe(false);
  });
});

describe('quiet ticks: every tick runs', () => {
  test.each<readonly [string, ClusterState]>([
    ['a node is suspected', flagged(master, '8902', PFAIL)],
    ['a node has failed', flagged(master, '8902', FAIL)],
    ['there is no link to a node', withEntry(master, '8902', { link: null })],
    ['the cluster is down', { ...master, state: 'fail' }],
    ['suspects were counted', { ...master, pfailNodes: 1 }],
    ['keys expire', { ...master, keys: { ...master.keys, expiring: 1 } }],
    ['writes wait', { ...master, pausedUntilMs: NOW_MS + 1 }],
    ['a replica follows nobody', withReplication(replica, { masterPort: 0 })],
    ['a copy is under way', withReplication(master, { copyUnderWay: true })],
    ['links have a limit', withConfig(master, { linkSendbufLimitBytes: 1 })],
    ['a hostname is to be announced', withConfig(master, { announceHostname: 'h.example' })],
  ])('while %s', (_, state) => {
    expect(isQuiet(state)).toBe(false);
  });

  test('after a turn that changed a flag, and not after one that heard of someone', () => {
    const before = afterTick(master);
    const { id } = master.nodes[2]!;
    const edit = (change: (turn: Turn) => void) => {
      const turn = turnOf(before);
      change(turn);
      keepQuiet(before, turn);
      return turn.state.quietUntilMs;
    };
    expect(edit((turn) => (turn.edit(id).flags |= PFAIL))).toBe(0);
    expect(edit((turn) => turn.setVitals(id, { dataReceivedMs: NOW_MS }))).toBe(
      before.quietUntilMs,
    );
  });
});

test('quiet ticks: when one is due, of a node that was pinged, or has no address', () => {
  const node = wholeEntries(master)[1]!;
  const pinged = { ...node, pingSentMs: NOW_MS, dataReceivedMs: NOW_MS - 50 };
  const young = { ...pinged, link: { ...node.link!, createdMs: NOW_MS } };
  const old = { ...pinged, link: { ...node.link!, createdMs: NOW_MS - T_MS } };
  expect(entryDueMs(young, Vitals.of([young]), 0, T_MS)).toBe(NOW_MS + T_MS + 1);
  expect(entryDueMs(old, Vitals.of([old]), 0, T_MS)).toBe(NOW_MS + T_MS / 2 + 1);
  expect(entryDueMs({ ...node, flags: NOADDR }, Vitals.of([node]), 0, T_MS)).toBeGreaterThan(
    NOW_MS * 1_000,
  );
});

function withReplication(
  state: ClusterState,
  change: Partial<ClusterState['replication']>,
): ClusterState {
  return { ...state, replication: { ...state.replication, ...change } };
}

function withConfig(state: ClusterState, change: Partial<ClusterState['config']>): ClusterState {
  return { ...state, config: { ...state.config, ...change } };
}
