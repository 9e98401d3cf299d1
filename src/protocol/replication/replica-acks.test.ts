import { describe, expect, test } from 'vitest';
import { lookupCommand } from '../commands/command-table';
import { processCommand } from '../commands/process-command';
import { attachedReplica, callOf, NOW_MS, settledNode, turnOf } from '../fixtures/node-fixture';
import { replicationTick, setReplicationMaster } from './replication';
import { ReplicationNetwork, repliedIn } from '../fixtures/replication-fixture';
import type { Reply } from '../reply';
import type { Turn } from '../turn';
import { loseWaiting } from '../failover/write-pause';

const integer = (value: number): Reply => ({ type: 'integer', value });
const repliesIn = ({ effects }: Turn): Reply[] =>
  effects.flatMap((effect) => (effect.type === 'reply' ? [effect.reply] : []));

const master = settledNode('8901');
const run = (text: string, from = master): { turn: Turn; reply: Reply | null } => {
  const turn = turnOf(from);
  return { turn, reply: processCommand(turn, callOf(text)) };
};

describe('WAIT: without blocking', () => {
  test('a client that wrote nothing waits for nothing', () => {
    expect(run('WAIT 1 0').reply).toEqual(integer(1));
  });

  test('replicas that still copy do not count', () => {
    const replicas = [{ ...attachedReplica(8904), state: 'copying' as const }];
    const state = { ...master, replication: { ...master.replication, replicas } };
    expect(run('WAIT 0 0', state).reply).toEqual(integer(0));
  });

  test.each([
    ['WAIT x 0', 'ERR value is not an integer or out of range'],
    ['WAIT 1 1.5', 'ERR timeout is not an integer or out of range'],
    ['WAIT 1 -1', 'ERR timeout is negative'],
    ['WAIT 1', "ERR wrong number of arguments for 'wait' command"],
  ])('%s: %s', (text, error) => {
    expect(run(text).reply).toEqual({ type: 'error', text: error });
  });

  test('a replica refuses it', () => {
    const { reply } = run('WAIT 1 0', settledNode('8904'));
    expect(reply).toMatchObject({
      text: expect.stringContaining('WAIT cannot be used with replica instances.') as string,
    });
  });

  test('within a transaction it counts and goes on', () => {
    const turn = turnOf(master);
    for (const text of ['MULTI', 'SET hello 1', 'WAIT 1 0']) processCommand(turn, callOf(text));
    expect(processCommand(turn, callOf('EXEC'))).toEqual({
      type: 'array',
      items: [{ type: 'status', text: 'OK' }, integer(1)],
    });
    expect(turn.state.replication.waits).toEqual([]);
  });
});

describe('WAIT: blocked', () => {
  const blocked = (text = 'WAIT 1 500'): Turn => {
    const turn = turnOf(master);
    processCommand(turn, callOf('SET hello 1'));
    expect(processCommand(turn, callOf(text))).toBeNull();
    return turn;
  };

  test('after a write: all replicas are asked for an ACK, and the question counts as bytes', () => {
    const turn = blocked();
    expect(repliedIn(turn.effects).at(-1)).toEqual({
      type: 'STREAM',
      commands: [['REPLCONF', 'GETACK', '*']],
    });
    expect(turn.state.replication.offsetBytes).toBe(100 + 31 + 37);
  });

  test('its time is over at the next tick: as many as there are', () => {
    const early = turnOf(blocked().state, NOW_MS + 499);
    replicationTick(early);
    expect(repliesIn(early)).toEqual([]);
    const late = turnOf(early.state, NOW_MS + 500);
    replicationTick(late);
    expect(repliesIn(late)).toEqual([integer(0)]);
    expect(late.state.replication.waits).toEqual([]);
  });

  test('timeout 0: for ever', () => {
    const turn = turnOf(blocked('WAIT 1 0').state, NOW_MS * 100);
    replicationTick(turn);
    expect(repliesIn(turn)).toEqual([]);
  });

  test('the next command of the same client waits behind it', () => {
    const turn = blocked();
    expect(processCommand(turn, callOf('GET hello'))).toBeNull();
    expect(processCommand(turn, callOf('GET hello', { client: 'c2' }))).not.toBeNull();
    expect(turn.state.waiting).toHaveLength(1);
  });

  test('a master that turns replica answers at once', () => {
    const turn = turnOf(blocked().state);
    setReplicationMaster(turn, 8904);
    expect(repliesIn(turn)).toEqual([
      {
        type: 'error',
        text: 'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
      },
    ]);
  });

  test('a process that dies leaves nobody waiting', () => {
    const turn = turnOf(blocked().state);
    loseWaiting(turn);
    expect(repliesIn(turn)).toHaveLength(1);
    expect(turn.state.replication.waits).toEqual([]);
  });

  test('while writes wait, the question waits as well', () => {
    const turn = turnOf(master);
    processCommand(turn, callOf('SET hello 1'));
    turn.state.pausedUntilMs = NOW_MS + 1_000;
    processCommand(turn, callOf('WAIT 1 0'));
    expect(turn.state.replication).toMatchObject({ ackWanted: true, offsetBytes: 131 });
    turn.state.pausedUntilMs = 0;
    replicationTick(turn);
    expect(turn.state.replication).toMatchObject({ ackWanted: false, offsetBytes: 168 });
  });
});

test('WAIT: replicas acknowledge everything but the question itself', () => {
  const net = new ReplicationNetwork('8901', '8904', '8905');
  net.turn('8904', (turn) => setReplicationMaster(turn, 8901));
  net.turn('8905', (turn) => setReplicationMaster(turn, 8901));
  const replies: Reply[] = [];
  net.turn('8901', (turn) => {
    processCommand(turn, callOf('SET hello 1'));
    processCommand(turn, callOf('WAIT 2 0'));
  });
  net.turn('8901', (turn) => {
    replies.push({ type: 'integer', value: turn.state.replication.waits.length });
  });
  expect(replies).toEqual([integer(0)]);
  const { replicas, offsetBytes } = net.state('8901').replication;
  expect(replicas.map(({ ackOffsetBytes }) => ackOffsetBytes)).toEqual([54, 54]);
  expect(offsetBytes).toBe(91);
  expect(net.state('8904').replication.offsetBytes).toBe(91);
});

describe('ROLE', () => {
  test('of a master: offset, and each replica with what it has acknowledged', () => {
    expect(run('ROLE').reply).toEqual({
      type: 'array',
      items: [
        { type: 'bulk', text: 'master' },
        integer(100),
        {
          type: 'array',
          items: [
            {
              type: 'array',
              items: ['127.0.0.1', '8904', '100'].map((text) => ({ type: 'bulk', text })),
            },
          ],
        },
      ],
    });
  });

  test.each([
    ['up', null, 'connected', 100],
    ['syncing', 'PSYNC', 'handshake', -1],
    ['syncing', 'COPY', 'sync', -1],
    ['connecting', null, 'connecting', -1],
    ['down', null, 'connect', -1],
  ] as const)('of a replica whose link is %s (%s): %s, offset %i', (link, awaiting, word, at) => {
    const replica = settledNode('8904');
    const state = { ...replica, replication: { ...replica.replication, link, awaiting } };
    expect(run('ROLE', state).reply).toEqual({
      type: 'array',
      items: [
        { type: 'bulk', text: 'slave' },
        { type: 'bulk', text: '127.0.0.1' },
        integer(8901),
        { type: 'bulk', text: word },
        integer(at),
      ],
    });
  });

  test('takes no words', () => {
    expect(lookupCommand(['ROLE', 'x']).error).not.toBeNull();
  });
});
