import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { LONG_AGO_MS } from '../failover-state';
import {
  countVote,
  electionDelayMs,
  failoverVerdict,
  logCantFailover,
  replicaRank,
  scheduleElection,
  startElection,
  winElection,
} from './election';
import { FAIL, MASTER, MIGRATE_TO, NOFAILOVER, REPLICA } from '../flags';
import {
  NOW_MS,
  T_MS,
  entryOf,
  flagged,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
  withoutEntry,
} from '../fixtures/node-fixture';

/** Replica 8904, whose master 8901 failed a moment ago. */
const bereft: ClusterState = {
  ...flagged(withEntry(settledNode('8904'), '8901', { failMs: NOW_MS - 100 }), '8901', FAIL),
};
const verdict = (state: ClusterState, nowMs = NOW_MS) => failoverVerdict(turnOf(state, nowMs));
const failover = (change: Partial<ClusterState['failover']>): ClusterState => ({
  ...bereft,
  failover: { ...bereft.failover, ...change },
});

describe('election: whether a replica should stand at all', () => {
  const config = bereft.config;
  test.each([
    ['its master has failed', bereft, 'schedule'],
    ['its master is up', settledNode('8904'), 'not-needed'],
    ['its master is only suspected', flagged(settledNode('8904'), '8901', 4), 'not-needed'],
    ['it is a master itself', flagged(settledNode('8902'), '8901', FAIL), 'not-needed'],
    ['its master is unknown', withoutEntry(bereft, '8901'), 'not-needed'],
    ['its master owns nothing', withEntry(bereft, '8901', { slots: [] }), 'not-needed'],
    [
      'cluster-replica-no-failover is yes',
      { ...bereft, config: { ...config, replicaNoFailover: true } },
      'not-needed',
    ],
  ])('%s: %s', (_, state, expected) => {
    expect(verdict(state)).toBe(expected);
  });
});

describe('election: data must not be too old (factor 10, ping period 10 s, timeout 5 s)', () => {
  const disconnected = (sinceMs: number, factor = 10): ClusterState => ({
    ...bereft,
    config: { ...bereft.config, replicaValidityFactor: factor },
    replication: { ...bereft.replication, link: 'down', downSinceMs: sinceMs },
  });

  test.each([
    ['65 s without the master', disconnected(NOW_MS - 65_000), 'schedule'],
    ['66 s without the master', disconnected(NOW_MS - 66_000), 'data-too-old'],
    ['never connected in this process', disconnected(0), 'data-too-old'],
    ['never connected, but the factor is 0', disconnected(0, 0), 'schedule'],
  ])('%s: %s', (_, state, expected) => {
    expect(verdict(state)).toBe(expected);
  });

  test('a link that is up counts from the last word of the master', () => {
    const silent = (ageMs: number): ClusterState => ({
      ...bereft,
      replication: { ...bereft.replication, link: 'up', lastInteractionMs: NOW_MS - ageMs },
    });
    expect(verdict(silent(65_000))).toBe('schedule');
    expect(verdict(silent(66_000))).toBe('data-too-old');
  });
});

describe('election: when', () => {
  test.each([
    [0, 0, 500],
    [0, 499, 999],
    [1, 0, 1_500],
    [3, 250, 3_750],
  ])('rank %i, jitter %i: %i ms after it is scheduled', (rank, jitterMs, delayMs) => {
    expect(electionDelayMs(rank, jitterMs)).toBe(delayMs);
  });

  const outdated = (names: readonly string[], offsetBytes: number): ClusterState =>
    names.reduce(
      (state, name) =>
        withEntry(state, name, {
          masterId: idOf('8901'),
          flags: REPLICA,
          offsetBytes,
        }),
      bereft,
    );

  test('the rank is how many siblings have seen more data; a tie shares the rank', () => {
    expect(replicaRank(turnOf(outdated(['8905', '8906'], 100)))).toBe(0);
    expect(replicaRank(turnOf(outdated(['8905', '8906'], 101)))).toBe(2);
  });

  test('a sibling that may not stand does not count; one that failed does', () => {
    const state = outdated(['8905', '8906'], 101);
    expect(replicaRank(turnOf(flagged(state, '8905', NOFAILOVER)))).toBe(1);
    expect(replicaRank(turnOf(flagged(state, '8905', FAIL)))).toBe(2);
  });

  test('a schedule is drawn, announced to the siblings, and logged', () => {
    const turn = turnOf(outdated(['8905'], 200));
    scheduleElection(turn);
    const { delayMs, authTimeMs, rank } = turn.state.failover;
    expect(rank).toBe(1);
    expect(delayMs).toBeGreaterThanOrEqual(1_500);
    expect(delayMs).toBeLessThan(2_000);
    expect(authTimeMs).toBe(NOW_MS + delayMs);
    expect(sentIn(turn).map(({ connection }) => connection)).toEqual(['8904#8905']);
    expect(logIn(turn)).toEqual([
      `Start of election delayed for ${delayMs} milliseconds (rank #1, offset 100).`,
    ]);
  });

  const scheduled = failover({ authTimeMs: NOW_MS + 300, delayMs: 600 });

  test('until its hour it waits; then it asks', () => {
    expect(verdict(scheduled, NOW_MS + 299)).toBe('wait-delay');
    expect(verdict(scheduled, NOW_MS + 300)).toBe('request-votes');
  });

  test('a sibling with more data turns up: a second more', () => {
    const behind = { ...outdated(['8905'], 500), failover: scheduled.failover };
    expect(verdict(behind, NOW_MS + 300)).toBe('wait-delay');
    expect(verdict(behind, NOW_MS + 1_300)).toBe('request-votes');
  });
});

describe('election: asking for votes', () => {
  test('a new epoch, everyone asked, the header of the old master', () => {
    const turn = turnOf(failover({ authTimeMs: NOW_MS, rank: 0, delayMs: 700 }));
    startElection(turn);
    expect(turn.state.currentEpoch).toBe(7);
    expect(turn.state.failover).toMatchObject({ epoch: 7, sent: true });
    expect(turn.state.todo).toMatchObject({ saveConfig: true, updateState: true });
    const sent = sentIn(turn).map(({ message }) => message);
    expect(sent).toHaveLength(5);
    expect(sent[0]).toMatchObject({
      type: 'FAILOVER_AUTH_REQUEST',
      currentEpoch: 7,
      configEpoch: 1,
      slots: [[0, 5460]],
      masterId: idOf('8901'),
      forceAck: false,
    });
    expect(notesIn(turn, 'election.start')).toEqual([
      { event: 'election.start', node: '8904', epoch: 7, rank: 0, delayMs: 700 },
    ]);
  });

  const asked = failover({ authTimeMs: NOW_MS, epoch: 7, sent: true });
  const vote = (voter: string, currentEpoch: number, state = asked): number => {
    const turn = turnOf(state);
    countVote(turn, idOf(voter), currentEpoch);
    return turn.state.failover.voteCount;
  };

  test.each([
    ['a master with slots', vote('8902', 7), 1],
    ['a later epoch than ours', vote('8902', 8), 1],
    ['an older epoch', vote('8902', 6), 0],
    ['a replica', vote('8905', 7), 0],
    ['a master without slots', vote('8902', 7, withEntry(asked, '8902', { slots: [] })), 0],
  ])('a vote from %s counts %i', (_, counted, expected) => {
    expect(counted).toBe(expected);
  });

  test('votes of one voter count twice: Redis does not look', () => {
    const turn = turnOf(asked);
    countVote(turn, idOf('8902'), 7);
    countVote(turn, idOf('8902'), 7);
    expect(turn.state.failover.voteCount).toBe(2);
    expect(turn.state.todo.handleFailover).toBe(true);
  });

  test.each([
    [0, 'wait-votes'],
    [1, 'wait-votes'],
    [2, 'won'],
    [3, 'won'],
  ])('%i votes of the 2 needed: %s', (voteCount, expected) => {
    expect(verdict({ ...asked, failover: { ...asked.failover, voteCount } })).toBe(expected);
  });

  test.each([
    [2 * T_MS, 'wait-votes'],
    [2 * T_MS + 1, 'expired'],
    [4 * T_MS, 'expired'],
    [4 * T_MS + 1, 'schedule'],
  ])('%i ms after its hour: %s', (ageMs, expected) => {
    expect(verdict(asked, NOW_MS + ageMs)).toBe(expected);
  });

  test('with a timeout below a second an election still has two seconds', () => {
    const quick = { ...asked, config: { ...asked.config, nodeTimeoutMs: 500 } };
    expect(verdict(quick, NOW_MS + 2_000)).toBe('wait-votes');
    expect(verdict(quick, NOW_MS + 2_001)).toBe('expired');
    expect(verdict(quick, NOW_MS + 4_001)).toBe('schedule');
  });
});

describe('election: won', () => {
  const won = failover({ authTimeMs: NOW_MS - 50, epoch: 7, sent: true, voteCount: 2 });

  test("the old master's slots are mine, under the new epoch, and all hear of it", () => {
    const turn = turnOf({ ...won, currentEpoch: 7 });
    winElection(turn);
    expect(entryOf(turn.state, '8904')).toMatchObject({
      slots: [[0, 5460]],
      configEpoch: 7,
      masterId: null,
    });
    expect(entryOf(turn.state, '8904').flags & (MASTER | REPLICA)).toBe(MASTER);
    expect(entryOf(turn.state, '8901').slots).toEqual([]);
    expect(entryOf(turn.state, '8901').flags & MIGRATE_TO).toBe(0);
    expect(sentIn(turn)).toHaveLength(5);
    expect(sentIn(turn)[0]!.message).toMatchObject({
      type: 'PONG',
      slots: [[0, 5460]],
      configEpoch: 7,
      currentEpoch: 7,
      masterId: null,
    });
    expect(logIn(turn).slice(0, 2)).toEqual([
      "Failover election won: I'm the new master.",
      'configEpoch set to 7 after successful failover',
    ]);
    expect(notesIn(turn, 'promote')).toEqual([{ event: 'promote', node: '8904', epoch: 7 }]);
    expect(turn.state.replication).toMatchObject({ masterPort: 0, link: 'none', downSinceMs: 0 });
  });

  test('trap: votes are not reset, so a winner demoted soon after wins again out of thin air', () => {
    const turn = turnOf({ ...won, currentEpoch: 7 });
    winElection(turn);
    const demoted = withEntry(
      withEntry(turn.state, '8904', { flags: REPLICA | 16, masterId: idOf('8901'), slots: [] }),
      '8901',
      { slots: [[0, 5460]], flags: MASTER | FAIL },
    );
    const again = { ...demoted, replication: bereft.replication };
    expect(verdict(again, NOW_MS + 5_000)).toBe('won');
  });
});

describe('election: saying why not', () => {
  const stale = withEntry(bereft, '8901', { failMs: NOW_MS - 60_000 });
  const said = (state: ClusterState, nowMs = NOW_MS) => {
    const turn = turnOf(state, nowMs);
    logCantFailover(turn, 'data-age');
    return { log: logIn(turn), state: turn.state };
  };
  const TEXT =
    'Currently unable to failover: Disconnected from master for longer than allowed. ' +
    "Please check the 'cluster-replica-validity-factor' configuration option.";

  test('said once the failure is a timeout and five seconds old', () => {
    expect(said(stale).log).toEqual([TEXT]);
    expect(said(bereft).log).toEqual([]);
  });

  test('noted silently at first, said when the failure is old enough', () => {
    const young = said(bereft).state;
    expect(young.failover.cantLoggedMs).toBe(LONG_AGO_MS);
    expect(said(young, NOW_MS + T_MS + 5_000).log).toEqual([TEXT]);
  });

  test('not said again for five minutes', () => {
    const once = said(stale).state;
    expect(said(once, NOW_MS + 299_999).log).toEqual([]);
    expect(said(once, NOW_MS + 300_000).log).toEqual([TEXT]);
  });
});
