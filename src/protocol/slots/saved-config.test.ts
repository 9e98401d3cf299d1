import { describe, expect, test } from 'vitest';
import { blankNode, lookupNode, type ClusterState } from '../cluster-state';
import { NO_ELECTION } from '../failover-state';
import { NEW_SESSION } from '../sessions';
import { FAIL, HANDSHAKE, MEET, MIGRATE_TO, PFAIL } from '../flags';
import { nodeId } from '../ids';
import {
  NOW_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  settledNode,
  turnOf,
  withEntry,
  knowing,
} from '../fixtures/node-fixture';
import { wholeEntries } from '../whole-entries';
import { dropFromMemory } from './append-only-file';
import { printNodesConf } from './nodes-conf';
import { loadConfig, saveConfig } from './saved-config';
import { keyspaceOf, valuesOf } from '../keyspace';

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
    for (const node of wholeEntries(state)) {
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
    const loaded = restart(knowing(before, [entry]));
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

describe('restart: keys and slots that do not fit together', () => {
  const me = settledNode('8901');
  const slotless = withEntry(me, '8901', { slots: [[0, 800]] });

  test('a slot nobody has: taken', () => {
    const state = { ...slotless, keys: keyspaceOf({ hello: '1' }) };
    const loaded = restart(state);
    expect(logIn(loaded).slice(-2)).toEqual([
      'I have keys for unassigned slot 866. Taking responsibility for it.',
      'Ready to accept connections',
    ]);
    expect(entryOf(loaded.state, '8901').slots).toEqual([
      [0, 800],
      [866, 866],
    ]);
    expect(printNodesConf(loaded.state)).toContain('0-800 866');
  });

  test('a slot somebody else has: importing', () => {
    const taken = withEntry(slotless, '8902', { slots: [[866, 866]] });
    const loaded = restart({ ...taken, keys: keyspaceOf({ hello: '1' }) });
    expect(logIn(loaded).slice(-2)[0]).toBe(
      'I have keys for slot 866, but the slot is assigned to another node. ' +
        'Setting it to importing state.',
    );
    expect(loaded.state.importingFrom).toEqual({ 866: idOf('8902') });
    expect(printNodesConf(loaded.state)).toContain(`[866-<-${idOf('8902')}]`);
  });

  test('one that is importing already, or our own, is left alone; a replica never looks', () => {
    const importing = { ...slotless, importingFrom: { 866: idOf('8903') } };
    for (const state of [importing, me, settledNode('8904')]) {
      const loaded = restart({ ...state, keys: keyspaceOf({ hello: '1' }) });
      expect(logIn(loaded).filter((line) => line.startsWith('I have keys'))).toEqual([]);
    }
  });

  test('keys deleted with a lost slot are still in the append-only file', () => {
    const turn = turnOf({ ...slotless, keys: keyspaceOf({ hello: '1', foo: '2' }) });
    dropFromMemory(turn, keyspaceOf({ foo: '2' }));
    expect(valuesOf(turn.state.keys)).toEqual({ foo: '2' });
    const loaded = restart(withEntry(turn.state, '8902', { slots: [[866, 866]] }));
    expect(valuesOf(loaded.state.keys)).toEqual({ hello: '1', foo: '2' });
    expect(loaded.state.importingFrom).toMatchObject({ 866: idOf('8902') });
  });

  test('and what was written since counts more than what the file had', () => {
    const turn = turnOf({ ...me, keys: keyspaceOf({ hello: 'old' }) });
    dropFromMemory(turn, keyspaceOf({}));
    const loaded = restart({ ...turn.state, keys: keyspaceOf({ hello: 'new' }) });
    expect(valuesOf(loaded.state.keys)).toEqual({ hello: 'new' });
    expect(loaded.state.onlyInFile.count).toBe(0);
  });
});

test('restart: open slots come back', () => {
  const open = { ...settledNode('8901'), migratingTo: { 7: idOf('8902') } };
  expect(restart(open, { migratingTo: {} }).state.migratingTo).toEqual({ 7: idOf('8902') });
});

test('restart: the lines of the log, in order', () => {
  expect(logIn(restart(before))).toEqual([
    `Node configuration loaded, I'm ${idOf('8904')}`,
    'Running mode=cluster, port=8904.',
    'Server initialized',
    'Ready to accept connections',
  ]);
});
