import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { callOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';
import { keyspaceOf } from '../keyspace';

/** Runs commands one after the other on one node; the last answer, and the state after it. */
function talk(state: ClusterState, ...texts: string[]) {
  let now = state;
  let last = '';
  for (const text of texts) {
    const turn = turnOf(now);
    last = printReply(processCommand(turn, callOf(text))!);
    now = turn.state;
  }
  return { last, state: now };
}

const master = settledNode('8901');

describe('strings: what a master answers about its own slots', () => {
  test.each([
    [['PING'], 'PONG'],
    [['PING hi'], '"hi"'],
    [['SET hello 1'], 'OK'],
    [['set hello 1', 'get hello'], '"1"'],
    [['GET hello'], '(nil)'],
    [['SET hello 1', 'EXISTS hello hello'], '(integer) 2'],
    [['SET hello 1', 'DEL hello'], '(integer) 1'],
    [['DEL hello'], '(integer) 0'],
    [['MSET {hello}a 1 {hello}b 2', 'MGET {hello}a {hello}x {hello}b'], '1) "1"\n2) (nil)\n3) "2"'],
    [['SET hello 1', 'SET bar 2', 'DBSIZE'], '(integer) 2'],
    [['READONLY'], 'OK'],
    [['READWRITE'], 'OK'],
  ])('%j', (texts, expected) => {
    expect(talk(master, ...texts).last).toBe(expected);
  });

  test.each([
    ['GET', "ERR wrong number of arguments for 'get' command"],
    ['GET a b', "ERR wrong number of arguments for 'get' command"],
    ['SET hello', "ERR wrong number of arguments for 'set' command"],
    ['SET hello 1 EX', 'ERR syntax error'],
    ['MSET {hello}a 1 {hello}b', "ERR wrong number of arguments for 'mset' command"],
    ['FOO a b', "ERR unknown command 'FOO', with args beginning with: 'a' 'b' "],
    ['NOPE', "ERR unknown command 'NOPE', with args beginning with: "],
    ['GET foo', 'MOVED 12182 127.0.0.1:8903'],
    ['MGET hello bar', "CROSSSLOT Keys in request don't hash to the same slot"],
  ])('%s: error', (text, error) => {
    expect(talk(master, text).last).toBe(`(error) ${error}`);
  });

  test('the number of words is checked before where the key belongs', () => {
    expect(talk(master, 'GET foo x').last).toContain('wrong number of arguments');
  });
});

test.each([
  [['GET toString'], '(nil)'],
  [['EXISTS toString'], '(integer) 0'],
  [['MSET __proto__ 1 __proto__ 2', 'GET __proto__'], '"2"'],
])('strings: a key may have any name: %j', (texts, expected) => {
  expect(talk(settledNode('8903'), ...texts).last).toBe(expected);
});

describe('strings: replicas', () => {
  const replica: ClusterState = { ...settledNode('8904'), keys: keyspaceOf({ hello: '1' }) };

  test('READONLY serves reads until READWRITE, for that client only', () => {
    const readonly = talk(replica, 'READONLY', 'GET hello');
    expect(readonly.last).toBe('"1"');
    expect(talk(readonly.state, 'READWRITE', 'GET hello').last).toContain('MOVED');
    const turn = turnOf(readonly.state);
    const call = callOf('GET hello', { client: 'c2' });
    expect(printReply(processCommand(turn, call)!)).toContain('MOVED 866 127.0.0.1:8901');
  });

  test('a write is sent to the master, even after READONLY', () => {
    expect(talk(replica, 'READONLY', 'SET hello 2').last).toBe('(error) MOVED 866 127.0.0.1:8901');
  });

  test('a keyless command is answered even while the cluster is down', () => {
    expect(talk({ ...replica, state: 'fail' }, 'DBSIZE').last).toBe('(integer) 1');
  });
});

describe('strings: writes reach the replicas', () => {
  const streamed = (text: string): number => {
    const turn = turnOf({ ...master, keys: keyspaceOf({ hello: '1' }) });
    processCommand(turn, callOf(text));
    return turn.effects.filter(({ type }) => type === 'send').length;
  };
  test.each([
    ['SET hello 1', 1],
    ['DEL hello', 1],
    ['DEL {hello}no', 0],
    ['GET hello', 0],
    ['SET foo 1', 0],
  ])('%s: %i', (text, count) => {
    expect(streamed(text)).toBe(count);
  });
});
