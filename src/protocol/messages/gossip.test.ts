import { describe, expect, test } from 'vitest';
import type { GossipEntry } from '../bus-message';
import { lookupNode, type ClusterState } from '../cluster-state';
import { FAIL, HANDSHAKE, MASTER, MIGRATE_TO, NOADDR, PFAIL, REPLICA } from '../flags';
import { processGossip } from './gossip';
import {
  NOW_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';

const about = (name: string, change: Partial<GossipEntry> = {}): GossipEntry => ({
  id: idOf(name),
  pingSentSecondMs: 0,
  pongReceivedSecondMs: 0,
  ip: '127.0.0.1',
  port: Number(name),
  busPort: Number(name) + 10_000,
  flags: MASTER,
  ...change,
});

/** What `state` believes after `from` gossiped one entry. */
function hear(state: ClusterState, from: string | null, entry: GossipEntry) {
  const turn = turnOf(state);
  processGossip(turn, from ? idOf(from) : null, [entry]);
  return turn;
}

const settled = settledNode('8901');

describe('gossip: reports', () => {
  test.each([
    ['fail?', PFAIL],
    ['fail', FAIL],
  ])("a master's word %s becomes a report", (_, flag) => {
    const turn = hear(settled, '8902', about('8903', { flags: MASTER | flag }));
    const reports = entryOf(turn.state, '8903').failReports;
    expect(reports).toEqual([{ by: idOf('8902'), atMs: NOW_MS }]);
    expect(logIn(turn)).toEqual([
      `Node ${idOf('8902')} reported node ${idOf('8903')} as not reachable.`,
    ]);
  });

  test("a replica's word is not counted", () => {
    const turn = hear(settled, '8905', about('8903', { flags: MASTER | PFAIL }));
    expect(entryOf(turn.state, '8903').failReports).toEqual([]);
  });

  test('a master without slots reports like any other (7.0)', () => {
    const state = withEntry(settled, '8902', { slots: [] });
    const turn = hear(state, '8902', about('8903', { flags: MASTER | PFAIL }));
    expect(entryOf(turn.state, '8903').failReports).toHaveLength(1);
  });

  test('nobody can report me to myself', () => {
    const turn = hear(settled, '8902', about('8901', { flags: MASTER | FAIL }));
    expect(entryOf(turn.state, '8901').failReports).toEqual([]);
  });

  test('gossip never sets a flag: a report is only a report', () => {
    const turn = hear(settled, '8902', about('8903', { flags: MASTER | FAIL }));
    expect(entryOf(turn.state, '8903').flags & (PFAIL | FAIL)).toBe(0);
  });

  test('the same master, healthy words: the report is taken back', () => {
    const reported = withEntry(settled, '8903', {
      failReports: [{ by: idOf('8902'), atMs: NOW_MS - 500 }],
    });
    const turn = hear(reported, '8902', about('8903'));
    expect(entryOf(turn.state, '8903').failReports).toEqual([]);
    expect(logIn(turn)).toEqual([
      `Node ${idOf('8902')} reported node ${idOf('8903')} is back online.`,
    ]);
  });
});

describe('gossip: a newer PONG time postpones our own ping', () => {
  const old = withEntry(settled, '8903', { pongReceivedMs: NOW_MS - 2_000 });
  const fresh = about('8903', { pongReceivedSecondMs: NOW_MS });
  const pongMs = (state: ClusterState, entry: GossipEntry): number =>
    entryOf(hear(state, '8905', entry).state, '8903').pongReceivedMs;

  test('taken, even from a replica', () => {
    expect(pongMs(old, fresh)).toBe(NOW_MS);
  });

  test.each([
    ['we wait for a PONG ourselves', withEntry(old, '8903', { pingSentMs: NOW_MS - 10 })],
    [
      'someone reported it',
      withEntry(old, '8903', { failReports: [{ by: idOf('8902'), atMs: NOW_MS }] }),
    ],
  ])('not taken while %s', (_, state) => {
    expect(pongMs(state, fresh)).toBe(NOW_MS - 2_000);
  });

  test('not taken from an entry that says fail?', () => {
    expect(pongMs(old, { ...fresh, flags: MASTER | PFAIL })).toBe(NOW_MS - 2_000);
  });

  test.each([
    [500, true],
    [501, false],
  ])('%i ms in the future: %s', (aheadMs, taken) => {
    const entry = { ...fresh, pongReceivedSecondMs: NOW_MS + aheadMs };
    expect(pongMs(old, entry) === NOW_MS + aheadMs).toBe(taken);
  });

  test('applies to the row about myself, too', () => {
    const turn = hear(settled, '8902', about('8901', { pongReceivedSecondMs: NOW_MS - 1_000 }));
    expect(entryOf(turn.state, '8901').pongReceivedMs).toBe(NOW_MS - 1_000);
  });
});

describe('gossip: a node never heard of', () => {
  const stranger = about('8907', { flags: MASTER | FAIL | MIGRATE_TO });

  test('is added under its own id, with its flags, without slots or master', () => {
    const turn = hear(settled, '8902', stranger);
    expect(entryOf(turn.state, '8907')).toMatchObject({
      flags: MASTER | FAIL | MIGRATE_TO,
      slots: [],
      masterId: null,
      configEpoch: 0,
      failMs: 0,
      link: null,
      createdMs: NOW_MS,
    });
    expect(entryOf(turn.state, '8907').flags & HANDSHAKE).toBe(0);
  });

  test.each([
    ['a stranger tells of it', settled, null, stranger],
    ['it has no address', settled, '8902', { ...stranger, flags: MASTER | NOADDR }],
    [
      'it was forgotten a moment ago',
      { ...settled, blacklist: { [idOf('8907')]: NOW_MS + 1 } },
      '8902',
      stranger,
    ],
  ] as const)('is not added when %s', (_, state, from, entry) => {
    expect(lookupNode(hear(state, from, entry).state, idOf('8907'))).toBeNull();
  });

  test('a replica may introduce it', () => {
    const turn = hear(settled, '8906', about('8908', { flags: REPLICA }));
    expect(entryOf(turn.state, '8908').flags).toBe(REPLICA);
  });
});

describe('gossip: a new address', () => {
  const moved = about('8903', { port: 9903, busPort: 19_903 });

  test('is taken for a node that we cannot reach, and its link is dropped', () => {
    const turn = hear(flagged(settled, '8903', PFAIL), '8902', moved);
    expect(entryOf(turn.state, '8903')).toMatchObject({ port: 9903, busPort: 19_903, link: null });
    expect(turn.effects).toContainEqual({ type: 'close', connection: '8901#8903' });
  });

  test('is not taken for a node that answers us', () => {
    expect(entryOf(hear(settled, '8902', moved).state, '8903').port).toBe(8903);
  });
});
