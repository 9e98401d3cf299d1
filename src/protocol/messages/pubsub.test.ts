import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { processCommand } from '../commands/process-command';
import type { NodeEffect } from '../effects';
import { callOf, headerFrom, notesIn, sentIn, settledNode, turnOf } from '../fixtures/node-fixture';
import { processPacket } from './packet';
import { printReply } from '../reply';
import { sessionOf } from '../sessions';
import { dropNodeSlots, unbindSlots } from '../table';
import { idOf } from '../fixtures/node-fixture';
import type { Turn } from '../turn';

/** What redis-cli would print: replies and pushes in the order in which they leave the node. */
function heard(effects: readonly NodeEffect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.type === 'push') return [`${effect.client}: ${flat(effect.reply)}`];
    return effect.type === 'reply' ? [`${effect.client} > ${flat(effect.reply)}`] : [];
  });
}
const flat = (reply: Parameters<typeof printReply>[0]): string =>
  reply.type === 'array'
    ? reply.items.map((item) => printReply(item)).join(' ')
    : printReply(reply);

/** Commands of several clients, one after the other; the last turn. */
function talk(state: ClusterState, ...lines: readonly (readonly [client: string, text: string])[]) {
  let now = state;
  let turn = turnOf(now);
  let said: string[] = [];
  for (const [client, text] of lines) {
    turn = turnOf(now);
    const reply = processCommand(turn, callOf(text, { client }));
    said = [...heard(turn.effects), ...(reply ? [`${client} > ${flat(reply)}`] : [])];
    now = turn.state;
  }
  return { turn, said, state: now };
}

const settled = settledNode('8901');

describe('SUBSCRIBE and UNSUBSCRIBE', () => {
  test.each([
    ['SUBSCRIBE a', ['c1 > "subscribe" "a" (integer) 1']],
    ['SUBSCRIBE a b', ['c1 > "subscribe" "a" (integer) 1', 'c1: "subscribe" "b" (integer) 2']],
    ['UNSUBSCRIBE', ['c1 > "unsubscribe" (nil) (integer) 0']],
    ['UNSUBSCRIBE a', ['c1 > "unsubscribe" "a" (integer) 0']],
    ['SUNSUBSCRIBE', ['c1 > "sunsubscribe" (nil) (integer) 0']],
    ['SSUBSCRIBE hello', ['c1 > "ssubscribe" "hello" (integer) 1']],
    ['SSUBSCRIBE foo', ['c1 > (error) MOVED 12182 127.0.0.1:8903']],
    [
      'SSUBSCRIBE hello bar',
      ["c1 > (error) CROSSSLOT Keys in request don't hash to the same slot"],
    ],
  ])('%s', (text, expected) => {
    expect(talk(settled, ['c1', text]).said).toEqual(expected);
  });

  test('channels and patterns are counted together, shard channels apart', () => {
    const lines = [
      ['c1', 'PSUBSCRIBE n* a n*'],
      ['c1', 'SUBSCRIBE a'],
      ['c1', 'SSUBSCRIBE hello'],
    ] as const;
    expect(talk(settled, ...lines.slice(0, 1)).said).toEqual([
      'c1 > "psubscribe" "n*" (integer) 1',
      'c1: "psubscribe" "a" (integer) 2',
      'c1: "psubscribe" "n*" (integer) 2',
    ]);
    expect(talk(settled, ...lines.slice(0, 2)).said).toEqual(['c1 > "subscribe" "a" (integer) 3']);
    expect(talk(settled, ...lines).said).toEqual(['c1 > "ssubscribe" "hello" (integer) 1']);
  });

  test('a shard channel is not for transactions', () => {
    const lines = [
      ['c1', 'MULTI'],
      ['c1', 'SSUBSCRIBE hello'],
      ['c1', 'EXEC'],
    ] as const;
    expect(talk(settled, ...lines).said).toEqual([
      "c1 > (error) ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client",
    ]);
  });

  test('twice the same channel counts once', () => {
    const { said } = talk(settled, ['c1', 'SUBSCRIBE a'], ['c1', 'SUBSCRIBE a']);
    expect(said).toEqual(['c1 > "subscribe" "a" (integer) 1']);
  });

  test('UNSUBSCRIBE without a word: all of them', () => {
    const { said, state } = talk(settled, ['c1', 'SUBSCRIBE a b'], ['c1', 'UNSUBSCRIBE']);
    expect(said).toEqual([
      'c1 > "unsubscribe" "a" (integer) 1',
      'c1: "unsubscribe" "b" (integer) 0',
    ]);
    expect(sessionOf(state, 'c1').channels).toEqual([]);
  });

  test('the two kinds of channels are counted apart', () => {
    const { said } = talk(settled, ['c1', 'SUBSCRIBE a'], ['c1', 'SSUBSCRIBE hello']);
    expect(said).toEqual(['c1 > "ssubscribe" "hello" (integer) 1']);
  });
});

describe('PUBLISH and SPUBLISH', () => {
  test('local subscribers hear it, and everybody with a link is told', () => {
    const { said, turn } = talk(settled, ['c1', 'SUBSCRIBE a'], ['c2', 'PUBLISH a hi there']);
    expect(said).toEqual(["c2 > (error) ERR wrong number of arguments for 'publish' command"]);
    expect(sentIn(turn)).toEqual([]);
    const good = talk(settled, ['c1', 'SUBSCRIBE a'], ['c2', 'PUBLISH a hi']);
    expect(good.said).toEqual(['c1: "message" "a" "hi"', 'c2 > (integer) 1']);
    expect(sentIn(good.turn).map(({ message }) => message.type)).toEqual(
      Array.from({ length: 5 }, () => 'PUBLISH'),
    );
  });

  test('a pattern hears every channel that fits, beside the channel itself', () => {
    const { said } = talk(
      settled,
      ['c1', 'SUBSCRIBE news'],
      ['c1', 'PSUBSCRIBE n* ne?s sport'],
      ['c2', 'PUBLISH news hi'],
    );
    expect(said).toEqual([
      'c1: "message" "news" "hi"',
      'c1: "pmessage" "n*" "news" "hi"',
      'c1: "pmessage" "ne?s" "news" "hi"',
      'c2 > (integer) 3',
    ]);
  });

  test('a message for a shard stays in the shard: from a master, from a replica', () => {
    const fromMaster = talk(settled, ['c1', 'SPUBLISH hello hi']);
    expect(sentIn(fromMaster.turn).map(({ connection }) => connection)).toEqual(['8901#8904']);
    const fromReplica = talk(settledNode('8904'), ['c1', 'SPUBLISH hello hi']);
    expect(fromReplica.said).toEqual(['c1 > (integer) 0']);
    expect(sentIn(fromReplica.turn).map(({ connection }) => connection)).toEqual(['8904#8901']);
  });

  test('channels and shard channels of one name are two', () => {
    const { said } = talk(settled, ['c1', 'SSUBSCRIBE hello'], ['c2', 'PUBLISH hello hi']);
    expect(said).toEqual(['c2 > (integer) 0']);
  });
});

describe('from the bus', () => {
  const listening = talk(settled, ['c1', 'SUBSCRIBE hello'], ['c2', 'SSUBSCRIBE hello']).state;
  const receive = (type: 'PUBLISH' | 'PUBLISHSHARD', from: string): Turn => {
    const turn = turnOf(listening);
    const header = headerFrom(from);
    processPacket(turn, `${from}#8901`, { ...header, type, channel: 'hello', message: 'hi' });
    return turn;
  };

  test.each([
    ['PUBLISH', 'c1: "message" "hello" "hi"'],
    ['PUBLISHSHARD', 'c2: "smessage" "hello" "hi"'],
  ] as const)('%s is handed on to those who listen', (type, text) => {
    const turn = receive(type, '8902');
    expect(heard(turn.effects)).toEqual([text]);
    expect(notesIn(turn, 'delivered')).toEqual([
      { event: 'delivered', channel: 'hello', at: '8901' },
    ]);
  });

  test('from a stranger it is not', () => {
    expect(heard(receive('PUBLISH', '8907').effects)).toEqual([]);
  });
});

describe('a slot leaves its owner', () => {
  const listening = (name: string): ClusterState =>
    talk(settledNode(name), ['c1', 'SSUBSCRIBE {hello}a {hello}b'], ['c2', 'SUBSCRIBE hello'])
      .state;

  test.each(['8901', '8904'])('%s: listeners in the slot are taken off and told', (name) => {
    const turn = turnOf(listening(name));
    unbindSlots(turn, [[866, 866]]);
    expect(heard(turn.effects)).toEqual([
      'c1: "sunsubscribe" "{hello}a" (integer) 1',
      'c1: "sunsubscribe" "{hello}b" (integer) 0',
    ]);
    expect(sessionOf(turn.state, 'c1').shardChannels).toEqual([]);
    expect(sessionOf(turn.state, 'c2').channels).toEqual(['hello']);
  });

  test('slots of others are no concern of theirs', () => {
    const turn = turnOf(listening('8901'));
    unbindSlots(turn, [
      [0, 865],
      [867, 16_383],
    ]);
    dropNodeSlots(turn, idOf('8902'));
    expect(heard(turn.effects)).toEqual([]);
  });
});

describe('PUBSUB', () => {
  const { state } = talk(
    settled,
    ['c1', 'SUBSCRIBE news sport'],
    ['c2', 'SUBSCRIBE news'],
    ['c3', 'SSUBSCRIBE hello'],
    ['c4', 'PSUBSCRIBE n* s*'],
    ['c5', 'PSUBSCRIBE n*'],
  );
  test.each([
    ['PUBSUB CHANNELS', '"news" "sport"'],
    ['PUBSUB CHANNELS n*', '"news"'],
    ['PUBSUB NUMPAT', '(integer) 2'],
    ['PUBSUB NUMSUB news weather', '"news" (integer) 2 "weather" (integer) 0'],
    ['PUBSUB SHARDCHANNELS', '"hello"'],
    ['PUBSUB SHARDNUMSUB hello', '"hello" (integer) 1'],
  ])('%s', (text, expected) => {
    expect(talk(state, ['c9', text]).said).toEqual([`c9 > ${expected}`]);
  });
});
