import { describe, expect, test } from 'vitest';
import { blankNode, lookupNode, type ClusterState } from './cluster-state';
import { NO_ELECTION } from './failover-state';
import { NEW_SESSION } from './sessions';
import { FAIL, HANDSHAKE, MEET, MIGRATE_TO, PFAIL } from './flags';
import { nodeId } from './ids';
import {
  NOW_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  settledNode,
  turnOf,
  withEntry,
} from './node-fixture';
import { loadConfig, saveConfig } from './saved-config';
import { keyspaceOf, valuesOf } from './keyspace';

/** Saves at `NOW_MS`, then the process dies and starts ten seconds later. */
function restart(state: ClusterState, forgotten: Partial<ClusterState> = {}) {
  const saving = turnOf(state);
  saveConfig(saving);
  const loading = turnOf({ ...saving.state, ...forgotten }, NOW_MS + 10_000);
  loadConfig(loading);
  return loading;
}

const before: ClusterState = {
  ...settledNode('8904'),
  currentEpoch: 9,
  lastVoteEpoch: 8,
  keys: keyspaceOf({ foo: 'bar' }),
  sessions: { c1: { ...NEW_SESSION, readonly: true } },
  failover: { ...NO_ELECTION, epoch: 9, sent: true, voteCount: 3 },
};

describe('restart: what nodes.conf keeps', () => {
  const { state } = restart(before);

  test('everyone, with id, address, role, master, slots; epochs and the last vote', () => {
    const rows = ({ nodes }: Pick<ClusterState, 'nodes'>) =>
      nodes.map(({ id, ip, port, busPort, masterId, slots }) => ({
        id,
        ip,
        port,
        busPort,
        masterId,
        slots,
      }));
    expect(rows(state)).toEqual(rows(before));
    expect(state).toMatchObject({ currentEpoch: 9, lastVoteEpoch: 8 });
  });

  test('the data is there too (append-only file)', () => {
    expect(valuesOf(state.keys)).toEqual({ foo: 'bar' });
  });

  test('what changed after the last save is lost', () => {
    const later = restart(before, { currentEpoch: 12, lastVoteEpoch: 12 }).state;
    expect(later).toMatchObject({ currentEpoch: 9, lastVoteEpoch: 8 });
  });

  test('a process that never saved anything still knows its id', () => {
    expect(logIn(restart(before))[0]).toBe(`Node configuration loaded, I'm ${idOf('8904')}`);
  });
});

describe('restart: what is gone', () => {
  const { state } = restart(before);

  test('links, clocks of liveness, votes given, offsets heard, reports', () => {
    for (const node of state.nodes) {
      expect(node).toMatchObject({
        link: null,
        inbound: null,
        dataReceivedMs: 0,
        votedMs: 0,
        offsetBytes: 0,
        failReports: [],
      });
    }
  });

  test('the election at hand, READONLY clients, counters', () => {
    expect(state).toMatchObject({ failover: NO_ELECTION, sessions: {}, receivedCounts: {} });
  });

  test('replication: never connected in this process, offset 0', () => {
    expect(state.replication).toMatchObject({
      masterPort: 0,
      link: 'none',
      offsetBytes: 0,
      downSinceMs: 0,
    });
  });

  test('a handshake does not survive', () => {
    const id = nodeId('e'.repeat(40));
    const entry = blankNode({ id, flags: HANDSHAKE, createdMs: 1, port: 8999, busPort: 18_999 });
    const loaded = restart({ ...before, nodes: [...before.nodes, entry] });
    expect(lookupNode(loaded.state, id)).toBeNull();
  });

  test('the state is fail and nothing has been looked at yet', () => {
    expect(state).toMatchObject({ state: 'fail', size: 1, firstUpdateMs: null });
  });
});

describe('restart: flags and clocks as the file writes them', () => {
  test.each([
    ['FAIL stays, its clock starts anew', FAIL, FAIL, NOW_MS + 10_000],
    ['PFAIL stays', PFAIL, PFAIL, 0],
    ['MEET is not written', MEET, 0, 0],
  ])('%s', (_, flag, kept, failMs) => {
    const { state } = restart(flagged(before, '8902', flag));
    const entry = entryOf(state, '8902');
    expect(entry.flags & (FAIL | PFAIL | MEET)).toBe(kept);
    expect(entry.failMs).toBe(failMs);
  });

  test('MIGRATE_TO is not written; masters with replicas get it again', () => {
    const { state } = restart(flagged(withEntry(before, '8905', { masterId: null }), '8905', 256));
    expect(entryOf(state, '8901').flags & MIGRATE_TO).toBe(MIGRATE_TO);
    expect(entryOf(state, '8902').flags & MIGRATE_TO).toBe(0);
    expect(entryOf(state, '8905').flags & MIGRATE_TO).toBe(0);
  });

  test('a pending ping and the last PONG count from now; never stays never', () => {
    const pinged = withEntry(before, '8902', { pingSentMs: 5, pongReceivedMs: 0 });
    expect(entryOf(restart(pinged).state, '8902')).toMatchObject({
      pingSentMs: NOW_MS + 10_000,
      pongReceivedMs: 0,
    });
  });

  test('a replica’s own configEpoch is forgotten, a master’s is kept', () => {
    const { state } = restart(before);
    expect(state.nodes.map(({ configEpoch }) => configEpoch)).toEqual([1, 2, 3, 0, 0, 0]);
  });

  test('currentEpoch is at least the greatest configEpoch in the file', () => {
    const { state } = restart({
      ...withEntry(before, '8902', { configEpoch: 20 }),
      currentEpoch: 3,
    });
    expect(state.currentEpoch).toBe(20);
  });
});
