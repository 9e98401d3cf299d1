import { describe, expect, test } from 'vitest';
import { blankNode, lookupNode, type ClusterState } from '../cluster-state';
import { clusterCron } from './cron';
import { FAIL, HANDSHAKE, NOADDR, PFAIL } from '../flags';
import { nodeId } from '../ids';
import {
  NOW_MS,
  T_MS,
  entryOf,
  flagged,
  idOf,
  knowing,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { EMPTY_BUFFER } from '../messages/send-buffer';
import type { WholeEntry } from '../whole-entries';

/** A tick that is no full second: nobody is pinged at random. */
const settled: ClusterState = { ...settledNode('8901'), cronIteration: 502 };

function tick(state: ClusterState, nowMs = NOW_MS) {
  const turn = turnOf(state, nowMs);
  clusterCron(turn);
  return turn;
}
const HALF_MS = T_MS / 2;

describe('tick: a ping when the last PONG is older than half the timeout', () => {
  test.each([
    [HALF_MS, []],
    [HALF_MS + 1, ['8901#8902']],
  ])('%i ms old: pinged %j', (ageMs, expected) => {
    const state = withEntry(settled, '8902', { pongReceivedMs: NOW_MS - ageMs });
    expect(sentIn(tick(state)).map(({ connection }) => connection)).toEqual(expected);
  });

  test('not while one is unanswered', () => {
    const state = withEntry(settled, '8902', { pongReceivedMs: 1, pingSentMs: NOW_MS - 100 });
    expect(sentIn(tick(state))).toEqual([]);
  });

  test('also over a link dialled in this very tick: it waits there for the connection', () => {
    const state = withEntry(settled, '8902', { pongReceivedMs: 1, link: null });
    const turn = tick(state);
    expect(turn.effects.map(({ type }) => type)).toEqual(['connect', 'send']);
    expect(entryOf(turn.state, '8902').pingSentMs).toBe(NOW_MS);
  });
});

describe('tick: once a second the one with the oldest PONG among five is pinged', () => {
  const second: ClusterState = { ...settledNode('8901'), cronIteration: 509 };

  test('exactly one, and not in the ticks between', () => {
    expect(sentIn(tick(second))).toHaveLength(1);
    expect(sentIn(tick(settled))).toHaveLength(0);
  });

  test('over many seconds the oldest is the favourite', () => {
    const state = withEntry(second, '8904', { pongReceivedMs: NOW_MS - 2_000 });
    let favourite = 0;
    for (let i = 0; i < 200; i++) {
      const [one] = sentIn(tick(state, NOW_MS + i));
      if (one?.connection === '8901#8904') favourite++;
    }
    // Five draws of six miss it with probability (5/6)^5, 40 %.
    expect(favourite).toBeGreaterThan(90);
    expect(favourite).toBeLessThan(150);
  });
});

describe('suspicion: PFAIL after more than the timeout without a sign of life', () => {
  const silent = (pingAgeMs: number, dataAgeMs: number): ClusterState =>
    withEntry(settled, '8902', {
      pingSentMs: NOW_MS - pingAgeMs,
      dataReceivedMs: NOW_MS - dataAgeMs,
    });

  test.each([
    [T_MS, T_MS + 500, false],
    [T_MS + 1, T_MS + 500, true],
    [T_MS + 500, T_MS, false],
    [T_MS + 500, T_MS + 1, true],
    [60_000, 10, false],
  ])('ping %i ms ago, data %i ms ago: %s', (pingAgeMs, dataAgeMs, suspected) => {
    const turn = tick(silent(pingAgeMs, dataAgeMs));
    expect((entryOf(turn.state, '8902').flags & PFAIL) !== 0).toBe(suspected);
  });

  test('said once, at debug, and the state of the cluster is looked at', () => {
    const turn = tick(silent(9_000, 9_000));
    expect(logIn(turn)).toEqual([`*** NODE ${idOf('8902')} possibly failing`]);
    expect(turn.state.todo.updateState).toBe(true);
    expect(notesIn(tick(turn.state), 'flag.set')).toEqual([]);
  });

  test('not of a node held FAIL already', () => {
    const turn = tick(flagged(silent(9_000, 9_000), '8902', FAIL));
    expect(entryOf(turn.state, '8902').flags & PFAIL).toBe(0);
  });

  test('suspects are counted for gossip at the start of a tick, so a new one waits for the next', () => {
    const turn = tick(silent(9_000, 9_000));
    expect(turn.state.pfailNodes).toBe(0);
    expect(tick(turn.state).state.pfailNodes).toBe(1);
  });
});

describe('tick: a link that has fallen silent is dialled anew', () => {
  const stale = (change: Partial<WholeEntry>): ClusterState =>
    withEntry(settled, '8902', {
      link: {
        connection: '8901#8902',
        createdMs: NOW_MS - T_MS - 1,
        connected: true,
        buffer: EMPTY_BUFFER,
      },
      pingSentMs: NOW_MS - HALF_MS - 1,
      dataReceivedMs: NOW_MS - HALF_MS - 1,
      ...change,
    });
  const isFreed = (state: ClusterState): boolean =>
    tick(state).effects.some(({ type }) => type === 'close');

  test('half a timeout after the ping, if no data came meanwhile', () => {
    expect(isFreed(stale({}))).toBe(true);
  });

  test.each([
    ['the ping is younger', { pingSentMs: NOW_MS - HALF_MS }],
    ['data came', { dataReceivedMs: NOW_MS - HALF_MS }],
    ['no ping is pending', { pingSentMs: 0 }],
    [
      'the link is younger than the timeout',
      {
        link: {
          connection: '8901#8902',
          createdMs: NOW_MS - T_MS,
          connected: true,
          buffer: EMPTY_BUFFER,
        },
      },
    ],
  ])('not if %s', (_, change) => {
    expect(isFreed(stale(change))).toBe(false);
  });

  test('the pending ping keeps its age', () => {
    expect(entryOf(tick(stale({})).state, '8902').pingSentMs).toBe(NOW_MS - HALF_MS - 1);
  });
});

describe('tick: links', () => {
  test('every node without one is dialled, every tick', () => {
    const state = withEntry(withEntry(settled, '8902', { link: null }), '8903', { link: null });
    const dialled = tick(state).effects.filter(({ type }) => type === 'connect');
    expect(dialled).toHaveLength(2);
  });

  test('a node without an address is left alone', () => {
    expect(
      tick(flagged(withEntry(settled, '8902', { link: null }), '8902', NOADDR)).effects,
    ).toEqual([]);
  });
});

describe('handshake: given up after the timeout, a second at least', () => {
  const id = nodeId('e'.repeat(40));
  const shaking = (ageMs: number, nodeTimeoutMs: number): ClusterState =>
    knowing({ ...settled, config: { ...settled.config, nodeTimeoutMs } }, [
      blankNode({
        id,
        flags: HANDSHAKE,
        createdMs: NOW_MS - ageMs,
        port: 8999,
        busPort: 18_999,
        ip: '127.0.0.1',
      }),
    ]);

  test.each([
    [5_000, 5_000, true],
    [5_001, 5_000, false],
    [1_000, 200, true],
    [1_001, 200, false],
  ])('%i ms old with a timeout of %i ms: kept %s', (ageMs, timeoutMs, kept) => {
    const { state } = tick(shaking(ageMs, timeoutMs));
    expect(lookupNode(state, id) !== null).toBe(kept);
  });
});

describe('tick: a replica that replicates from nobody dials its master', () => {
  const orphan: ClusterState = {
    ...settledNode('8904'),
    cronIteration: 502,
    replication: {
      ...settledNode('8904').replication,
      masterPort: 0,
      link: 'none',
      connection: null,
    },
  };

  test('in any tick, not only each second', () => {
    const turn = tick(orphan);
    expect(turn.state.replication).toMatchObject({ masterPort: 8901, link: 'connecting' });
    expect(logIn(turn).slice(1)).toEqual([
      'Connecting to MASTER 127.0.0.1:8901',
      'MASTER <-> REPLICA sync started',
    ]);
  });

  test('not while it has no address for it', () => {
    const turn = tick(withEntry(orphan, '8901', { port: 0, flags: NOADDR }));
    expect(turn.state.replication.masterPort).toBe(0);
  });
});

test('state: while it is fail, every tick looks again', () => {
  expect(tick({ ...settled, state: 'fail' }).state.todo.updateState).toBe(true);
  expect(tick(settled).state.todo.updateState).toBe(false);
});
