import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { processCommand } from '../commands/process-command';
import { clusterCron } from '../time/cron';
import { NO_MANUAL_FAILOVER } from '../failover-state';
import { NOW_MS, callOf, idOf, notesIn, settledNode, turnOf } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { replicationCron } from '../replication/replication';
import { setMaster } from '../slots/slot-claims';
import type { Turn } from '../turn';
import { endElapsedPause, loseWaiting, resumeWaiting, unpauseWrites } from './write-pause';

/** Master 8901, which owns slot 5061 (bar), not 12182 (foo), has paused for 8904. */
const paused: ClusterState = {
  ...settledNode('8901'),
  manualFailover: { ...NO_MANUAL_FAILOVER, endMs: NOW_MS + 5_000, replicaId: idOf('8904') },
  pausedUntilMs: NOW_MS + 10_000,
};
const turnWith = (state: ClusterState, ...texts: readonly string[]): Turn => {
  const turn = turnOf(state);
  texts.forEach((text, i) => processCommand(turn, { ...callOf(text), client: 'c', command: i }));
  return turn;
};
const answer = (text: string, state = paused): string | null => {
  const reply = processCommand(turnOf(state), callOf(text));
  return reply && printReply(reply);
};
const waitingIn = ({ state }: Turn): string[] => state.waiting.map(({ argv }) => argv.join(' '));
const repliesIn = ({ effects }: Turn): string[] =>
  effects.flatMap((effect) => (effect.type === 'reply' ? [printReply(effect.reply)] : []));

describe('pause: what waits', () => {
  test.each([
    ['SET bar 1', null],
    ['DEL bar', null],
    ['PUBLISH news hello', null],
    ['SPUBLISH bar hello', null],
    ['GET bar', '(nil)'],
    ['PING', 'PONG'],
    ['CLUSTER KEYSLOT bar', '(integer) 5061'],
  ])('%s: %s', (text, expected) => {
    expect(answer(text)).toBe(expected);
  });

  test('a command for another node is sent away at once, as always', () => {
    expect(answer('SET foo 1')).toBe('(error) MOVED 12182 127.0.0.1:8903');
  });

  test('a command with an error hears of it at once', () => {
    expect(answer('SET bar')).toBe("(error) ERR wrong number of arguments for 'set' command");
  });

  test('behind a waiting command of the same connection everything waits: nothing more is read', () => {
    const texts = ['SET bar 1', 'GET bar', 'GET foo', 'NOSUCHCOMMAND'];
    expect(waitingIn(turnWith(paused, ...texts))).toEqual(texts);
  });

  test('in a transaction a write is not even queued, an EXEC of writes queued before waits', () => {
    expect(waitingIn(turnWith(paused, 'MULTI', 'GET bar', 'SET bar 1'))).toEqual(['SET bar 1']);
    const before = turnWith(settledNode('8901'), 'MULTI', 'SET bar 1').state;
    const { pausedUntilMs, manualFailover } = paused;
    const exec = turnWith({ ...before, pausedUntilMs, manualFailover }, 'EXEC');
    expect(waitingIn(exec)).toEqual(['EXEC']);
  });

  test('without a pause nothing waits', () => {
    expect(answer('SET bar 1', settledNode('8901'))).toBe('OK');
  });
});

describe('pause: its end', () => {
  const resumed = (turn: Turn): Turn => {
    unpauseWrites(turn);
    resumeWaiting(turn, processCommand);
    return turn;
  };

  test('what waited runs in order, and each is answered', () => {
    const turn = resumed(turnWith(paused, 'SET bar 1', 'GET bar', 'SET bar 2'));
    expect(repliesIn(turn)).toEqual(['OK', '"1"', 'OK']);
    expect(turn.state.waiting).toEqual([]);
    expect(notesIn(turn, 'manual.resume')).toEqual([
      { event: 'manual.resume', node: '8901', waiting: 3 },
    ]);
  });

  test('what a client sent behind a waiting command runs before the next client has its turn', () => {
    const turn = turnOf(paused);
    const send = (client: string, text: string) =>
      processCommand(turn, { ...callOf(text), client, command: 1 });
    send('a', 'SET bar 2');
    send('b', 'SET bar 3');
    send('a', 'GET bar');
    expect(repliesIn(resumed(turn))).toEqual(['OK', '"2"', 'OK']);
  });

  test('while it goes on nothing is taken up', () => {
    const turn = turnWith(paused, 'SET bar 1');
    resumeWaiting(turn, processCommand);
    expect(waitingIn(turn)).toEqual(['SET bar 1']);
    expect(repliesIn(turn)).toEqual([]);
  });

  test('a demoted master answers MOVED, and has written nothing', () => {
    const turn = turnWith(paused, 'SET bar 1');
    const [slots, state] = [turn.node(idOf('8901'))!.slots, turn.state];
    turn.edit(idOf('8901')).slots = [];
    turn.edit(idOf('8904')).slots = slots;
    setMaster(turn, idOf('8904'));
    expect(state.pausedUntilMs).toBe(0);
    resumeWaiting(turn, processCommand);
    expect(repliesIn(turn)).toEqual(['(error) MOVED 5061 127.0.0.1:8904']);
  });

  test('a process that slept through its ten seconds ends the pause in its first tick', () => {
    const late = (nowMs: number): number => {
      const turn = turnOf(paused, nowMs);
      endElapsedPause(turn);
      return turn.state.pausedUntilMs;
    };
    expect(late(NOW_MS + 10_000)).toBe(NOW_MS + 10_000);
    expect(late(NOW_MS + 10_001)).toBe(0);
    const turn = turnOf(paused, NOW_MS + 60_000);
    clusterCron(turn);
    expect(turn.state).toMatchObject({ pausedUntilMs: 0, manualFailover: NO_MANUAL_FAILOVER });
  });

  test('a process that dies takes its clients with it', () => {
    const turn = turnWith(paused, 'SET bar 1');
    loseWaiting(turn);
    expect(repliesIn(turn)).toEqual([
      '(error) Could not connect to Redis at 127.0.0.1:8901: Connection refused',
    ]);
  });
});

describe('pause: the stream to the replicas stands still', () => {
  /** The hundredth tick since the last PING of the stream. */
  const due = (state: ClusterState): number => {
    const turn = turnOf({ ...state, cronIteration: 100 });
    replicationCron(turn);
    return turn.state.replication.offsetBytes;
  };

  test('no PING changes the offset the master has named', () => {
    expect(due(settledNode('8901'))).toBe(114);
    expect(due(paused)).toBe(100);
  });
});

test('pause: it changes the hour of the answers, not what they say', () => {
  const command = fc.record({
    client: fc.constantFrom('a', 'b', 'c'),
    text: fc.constantFrom('SET bar 1', 'SET bar 2', 'DEL bar', 'INCR bar', 'APPEND bar x'),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      const run = (state: ClusterState, calls = commands): Turn => {
        const turn = turnOf(state);
        for (const [i, { client, text }] of calls.entries()) {
          const reply = processCommand(turn, { ...callOf(text), client, command: i });
          if (reply) turn.reply(client, i, reply);
        }
        return turn;
      };
      const waited = run(paused);
      expect(repliesIn(waited)).toEqual([]);
      unpauseWrites(waited);
      resumeWaiting(waited, processCommand);
      // One client after the other, in the order in which they came.
      const order = [...new Set(commands.map(({ client }) => client))];
      const inOrder = commands.toSorted(
        (one, other) => order.indexOf(one.client) - order.indexOf(other.client),
      );
      expect(repliesIn(waited)).toEqual(repliesIn(run(settledNode('8901'), inOrder)));
    }),
  );
});
