import { describe, expect, test } from 'vitest';
import type { BusMessage } from '../bus-message';
import type { ClusterState } from '../cluster-state';
import { voteIfAllowed } from './election';
import { FAIL, MASTER, MYSELF, PFAIL } from '../flags';
import {
  NOW_MS,
  T_MS,
  entryOf,
  flagged,
  headerFrom,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';

type Request = Extract<
  BusMessage,
  { type: 'FAILOVER_AUTH_REQUEST' | 'FAILOVER_AUTH_ACK' | 'MFSTART' }
>;

/** 8904 asks for a vote in epoch 7; the receiver has adopted that epoch on the way in. */
const request = (change: Partial<Request> = {}): Request => ({
  ...headerFrom('8904', { currentEpoch: 7 }),
  type: 'FAILOVER_AUTH_REQUEST',
  ...change,
});

/** Voter 8902, who holds 8901 FAIL. */
const voter: ClusterState = {
  ...flagged(settledNode('8902'), '8901', FAIL),
  currentEpoch: 7,
  lastVoteEpoch: 6,
};

function ask(state: ClusterState, message = request(), candidate = '8904') {
  const turn = turnOf(state);
  voteIfAllowed(turn, idOf(candidate), message);
  return turn;
}

const denial = (state: ClusterState, message = request(), candidate = '8904'): string =>
  logIn(ask(state, message, candidate)).join('\n');

const denied = (reason: string, candidate = '8904'): string =>
  `Failover auth denied to ${idOf(candidate)}: ${reason}`;

describe('vote: granted', () => {
  test('spent for this epoch, remembered for the master, saved, sent, logged', () => {
    const turn = ask(voter);
    expect(turn.state.lastVoteEpoch).toBe(7);
    expect(entryOf(turn.state, '8901').votedMs).toBe(NOW_MS);
    expect(turn.state.todo.saveConfig).toBe(true);
    expect(sentIn(turn)).toMatchObject([
      { connection: '8902#8904', message: { type: 'FAILOVER_AUTH_ACK', currentEpoch: 7 } },
    ]);
    expect(logIn(turn)).toEqual([`Failover auth granted to ${idOf('8904')} for epoch 7`]);
    expect(notesIn(turn, 'vote.grant')).toEqual([
      { event: 'vote.grant', by: '8902', to: '8904', epoch: 7 },
    ]);
  });

  test('without a link to the candidate the vote is spent all the same', () => {
    const turn = ask(withEntry(voter, '8904', { link: null }));
    expect(turn.state.lastVoteEpoch).toBe(7);
    expect(sentIn(turn)).toEqual([]);
  });

  test('a claim to a slot that its owner has stopped claiming is no obstacle', () => {
    const moved = withEntry(voter, '8903', {
      slots: [
        [100, 100],
        [10923, 16383],
      ],
    });
    expect(denial({ ...moved, notClaiming: [[100, 100]] })).toContain('granted');
  });

  test('our own configEpoch for those slots may equal the claim', () => {
    expect(denial(withEntry(voter, '8901', { configEpoch: 1 }))).toContain('granted');
  });
});

describe('vote: no right to vote, and not a word about it', () => {
  test.each([
    ['a replica', { ...flagged(settledNode('8905'), '8901', FAIL), currentEpoch: 7 }],
    ['a master without slots', withEntry(voter, '8902', { slots: [] })],
  ])('%s', (_, state) => {
    expect(ask(state).effects).toEqual([]);
  });
});

const RECENT = NOW_MS - 2 * T_MS + 1;

/** Each denial by itself, in the order in which Redis looks. */
const DENIALS: readonly (readonly [
  name: string,
  spoil: (state: ClusterState) => ClusterState,
  message: Request,
  reason: string,
])[] = [
  [
    'an epoch of the past',
    (state) => ({ ...state, currentEpoch: 8 }),
    request(),
    'reqEpoch (7) < curEpoch(8)',
  ],
  [
    'already voted for epoch 7',
    (state) => ({ ...state, lastVoteEpoch: 7 }),
    request(),
    'already voted for epoch 7',
  ],
  [
    'not a replica in my table',
    (state) => withEntry(state, '8904', { flags: MASTER }),
    request(),
    'it is a master node',
  ],
  [
    'a replica of I know not whom',
    (state) => withEntry(state, '8904', { masterId: null }),
    request(),
    "I don't know its master",
  ],
  [
    'its master is only suspected',
    (state) => withEntry(state, '8901', { flags: MASTER | PFAIL }),
    request(),
    'its master is up',
  ],
  [
    'a vote about this master less than twice the timeout ago',
    (state) => withEntry(state, '8901', { votedMs: RECENT }),
    request(),
    "can't vote about this master before 1 milliseconds",
  ],
  [
    'a claim older than the owner I know',
    (state) => withEntry(state, '8901', { configEpoch: 5 }),
    request(),
    'slot 0 epoch (5) > reqEpoch (1)',
  ],
];

describe('vote: denied, in redis-server’s words', () => {
  test.each(DENIALS)('%s', (_, spoil, message, reason) => {
    const turn = ask(spoil(voter), message);
    expect(logIn(turn)).toEqual([denied(reason)]);
    expect(notesIn(turn, 'vote.deny')).toMatchObject([{ by: '8902', to: '8904', reason }]);
    expect(sentIn(turn)).toEqual([]);
    expect(turn.state.lastVoteEpoch).toBe(spoil(voter).lastVoteEpoch);
  });

  test.each(DENIALS.slice(0, -1).map((one, i) => [one[0], DENIALS[i + 1]![0], i] as const))(
    '“%s” is looked at before “%s”',
    (_, __, i) => {
      const both = DENIALS[i]![1](DENIALS[i + 1]![1](voter));
      expect(denial(both)).toBe(denied(DENIALS[i]![3]));
    },
  );

  test('the pause since the last vote about a master ends exactly after twice the timeout', () => {
    const state = withEntry(voter, '8901', { votedMs: NOW_MS - 2 * T_MS });
    expect(denial(state)).toContain('granted');
  });

  test('the first slot with a newer owner is named', () => {
    const state = withEntry(withEntry(voter, '8901', { slots: [[0, 4999]] }), '8903', {
      slots: [
        [5000, 5460],
        [10923, 16383],
      ],
      configEpoch: 9,
    });
    expect(denial(state)).toBe(denied('slot 5000 epoch (9) > reqEpoch (1)'));
  });

  test('FORCEACK overlooks a master that is up, nothing else', () => {
    const up = withEntry(voter, '8901', { flags: MASTER });
    expect(denial(up, request({ forceAck: true }))).toContain('granted');
    expect(denial({ ...up, lastVoteEpoch: 7 }, request({ forceAck: true }))).toBe(
      denied('already voted for epoch 7'),
    );
  });

  test('the vote before was for another shard: it is spent for this epoch all the same', () => {
    const first = ask(voter);
    const second = flagged(first.state, '8903', FAIL);
    expect(
      denial(second, { ...request(), ...headerFrom('8906', { currentEpoch: 7 }) }, '8906'),
    ).toBe(denied('already voted for epoch 7', '8906'));
  });
});

test('vote: the failing master itself may vote if it is asked by force', () => {
  const master = { ...settledNode('8901'), currentEpoch: 7, lastVoteEpoch: 6 };
  expect(master.nodes[0]!.flags & MYSELF).toBe(MYSELF);
  expect(denial(master, request({ forceAck: true }))).toContain('granted');
});
