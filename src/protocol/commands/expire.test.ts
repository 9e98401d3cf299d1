import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { CLOCK_ORIGIN_MS } from '../config';
import { activeExpireCycle } from '../slots/database';
import type { NodeEffect } from '../effects';
import { NO_KEYS, findKey, withKeys } from '../keyspace';
import { NOW_MS, callOf, idOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';

const master = settledNode('8901');
const UNIX_NOW_MS = CLOCK_ORIGIN_MS + NOW_MS;

/** hello, of slot 866, was good until a moment ago. */
const expired = withKeys(NO_KEYS, [{ key: 'hello', value: '1', expiresAtMs: NOW_MS - 1 }]);

/** What a command answers, what it leaves, and what the replicas are sent but for SELECT. */
function run(state: ClusterState, text: string, nowMs = NOW_MS) {
  const turn = turnOf(state, nowMs);
  const reply = processCommand(turn, callOf(text));
  return { text: printReply(reply!), state: turn.state, sent: streamed(turn.effects) };
}

function streamed(effects: readonly NodeEffect[]): string[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'send' || effect.payload.channel !== 'replication') return [];
    const { message } = effect.payload;
    if (message.type !== 'STREAM') return [];
    return message.commands.map((argv) => argv.join(' ')).filter((line) => line !== 'SELECT 0');
  });
}

describe('a time to live: what replicas are told', () => {
  test.each([
    ['SET hello 1 EX 10', [`SET hello 1 PXAT ${UNIX_NOW_MS + 10_000}`]],
    ['SET hello 1 PX 10 NX GET', [`SET hello 1 PXAT ${UNIX_NOW_MS + 10}`]],
    ['SET hello 1 NX', ['SET hello 1 NX']],
    ['SET hello 1 XX', []],
    ['SET hello 1 GET', ['SET hello 1']],
  ])('%s', (text, sent) => {
    expect(run(master, text).sent).toEqual(sent);
  });

  test('EXPIRE travels as a moment, a moment in the past as DEL, a missing key not at all', () => {
    const { state } = run(master, 'SET hello 1');
    expect(run(state, 'EXPIRE hello 5').sent).toEqual([`PEXPIREAT hello ${UNIX_NOW_MS + 5_000}`]);
    expect(run(state, 'EXPIRE hello 0').sent).toEqual(['DEL hello']);
    expect(run(state, 'EXPIRE {hello}no 5').sent).toEqual([]);
  });

  test('several writes of one command go between MULTI and EXEC', () => {
    const state = { ...master, keys: expired };
    expect(run(state, 'INCR hello').sent).toEqual(['MULTI', 'DEL hello', 'INCR hello', 'EXEC']);
  });
});

describe('a key past its time', () => {
  test('is not there, and the first to ask has it deleted everywhere', () => {
    const { text, state, sent } = run({ ...master, keys: expired }, 'GET hello');
    expect(text).toBe('(nil)');
    expect(sent).toEqual(['DEL hello']);
    expect(state.keys).toEqual(NO_KEYS);
  });

  test('lives to the very millisecond', () => {
    expect(run({ ...master, keys: expired }, 'GET hello', NOW_MS - 1).text).toBe('"1"');
  });

  test('counts until it is deleted', () => {
    const state = { ...master, keys: expired };
    expect(run(state, 'DBSIZE').text).toBe('(integer) 1');
    expect(run(state, 'CLUSTER COUNTKEYSINSLOT 866').text).toBe('(integer) 1');
    expect(run(state, 'CLUSTER GETKEYSINSLOT 866 1').text).toBe('1) "hello"');
    expect(run(state, 'KEYS *').text).toBe('(empty array)');
  });

  test('is missing in a slot on the move, and stays where it is', () => {
    const moving = { ...master, keys: expired, migratingTo: { 866: idOf('8902') } };
    const { text, state } = run(moving, 'GET hello');
    expect(text).toBe('(error) ASK 866 127.0.0.1:8902');
    expect(state.keys).toBe(expired);
  });

  test('is hidden by a replica, which waits for its master to delete it', () => {
    const replica = { ...settledNode('8904'), keys: expired };
    const readonly = run(replica, 'READONLY').state;
    const { text, state } = run(readonly, 'GET hello');
    expect(text).toBe('(nil)');
    expect(findKey(state.keys, 'hello')).not.toBeNull();
  });

  test('is deleted by the tick of a master, not of a replica', () => {
    const sweep = (state: ClusterState) => {
      const turn = turnOf({ ...state, keys: expired });
      activeExpireCycle(turn);
      return { count: turn.state.keys.count, sent: streamed(turn.effects) };
    };
    expect(sweep(master)).toEqual({ count: 0, sent: ['DEL hello'] });
    expect(sweep(settledNode('8904'))).toEqual({ count: 1, sent: [] });
    expect(sweep({ ...master, pausedUntilMs: NOW_MS + 1 })).toEqual({ count: 1, sent: [] });
  });
});
