import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { NO_KEYS, keyspaceOf, withKeys } from '../keyspace';
import { NOW_MS, callOf, settledNode, turnOf, withEntry } from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { sessionOf } from '../sessions';
import { touchWatched } from '../slots/watch';
import { processCommand } from './process-command';
import recorded from './recorded-watch.json';

const master: ClusterState = { ...settledNode('8901'), keys: keyspaceOf({ hello: '1' }) };

/** Lines of `client: command`; the answers, and the state after them. */
function talk(state: ClusterState, lines: readonly string[], nowMs = NOW_MS) {
  let now = state;
  const answers = lines.map((line) => {
    const [client, text] = line.split(': ') as [string, string];
    const turn = turnOf(now, nowMs);
    const reply = printReply(processCommand(turn, callOf(text, { client }))!);
    now = turn.state;
    return reply;
  });
  return { answers, state: now, last: answers.at(-1)! };
}

test('WATCH: two clients, each answered as redis-server 7.0.15 answered them', () => {
  const lines = (recorded as [string, string][]).map(([line]) => line.replace(' ', ': '));
  const all = withEntry({ ...master, keys: NO_KEYS }, '8901', { slots: [[0, 16_383]] });
  const { answers } = talk(all, lines);
  const mine = answers.map((answer, i) => [recorded[i]![0], answer]);
  expect(mine).toEqual(recorded);
});

const exec = ['a: MULTI', 'a: GET hello', 'a: EXEC'];
const SERVED = '1) "1"';

describe('WATCH: EXEC does nothing', () => {
  test.each([
    ['if another client writes', ['b: SET hello 2']],
    ['even the same value', ['b: SET hello 1']],
    ['if the client itself writes', ['a: SET hello 1']],
    ['if it is deleted, and made again', ['b: DEL hello', 'b: SET hello 1']],
    ['if only its time to live changes', ['b: EXPIRE hello 100']],
    ['if everything is flushed', ['b: FLUSHALL', 'b: SET hello 1']],
  ])('%s', (_, between) => {
    const { last, state } = talk(master, ['a: WATCH hello', ...between, ...exec]);
    expect(last).toBe('(nil)');
    expect(talk(state, ['b: DEL hello', 'a: SET hello 1', ...exec]).last).toBe(SERVED);
  });

  test('if it expires meanwhile, deleted or not', () => {
    const { state } = talk(master, ['a: PEXPIRE hello 10', 'a: WATCH hello']);
    expect(talk(state, exec, NOW_MS + 11).last).toBe('(nil)');
    expect(talk(state, ['b: GET hello', ...exec], NOW_MS + 11).last).toBe('(nil)');
  });
});

describe('WATCH: EXEC runs', () => {
  test.each([
    ['if nothing happens', []],
    ['if it is read', ['b: GET hello']],
    ['if another key changes', ['b: SET {hello}x 1']],
    ['after UNWATCH', ['a: UNWATCH', 'b: SET hello 1']],
    ['after UNWATCH, though it had changed', ['b: SET hello 1', 'a: UNWATCH']],
    ['after DISCARD', ['a: MULTI', 'a: DISCARD', 'b: SET hello 1']],
    ['after a reset of the connection', ['a: RESET', 'b: SET hello 1']],
  ])('%s', (_, between) => {
    expect(talk(master, ['a: WATCH hello', ...between, ...exec]).last).toBe(SERVED);
  });

  test('if a key that had expired already is deleted: it was not there', () => {
    const keys = withKeys(NO_KEYS, [{ key: 'hello', value: '1', expiresAtMs: NOW_MS - 1 }]);
    const lines = ['a: WATCH hello', 'b: GET hello', 'a: MULTI', 'a: PING', 'a: EXEC'];
    expect(talk({ ...master, keys }, lines).last).toBe('1) PONG');
  });

  test('but a write while queuing counts', () => {
    const lines = ['a: WATCH hello', 'a: MULTI', 'b: SET hello 2', 'a: GET hello', 'a: EXEC'];
    expect(talk(master, lines).answers.slice(-2)).toEqual(['QUEUED', '(nil)']);
  });
});

test('WATCH: is routed like any command with keys, and not allowed inside MULTI', () => {
  expect(talk(master, ['a: WATCH foo']).last).toMatch(/^\(error\) MOVED 12182/);
  expect(talk(master, ['a: WATCH hello {hello}x', 'a: MULTI', 'a: WATCH hello']).last).toBe(
    '(error) ERR WATCH inside MULTI is not allowed',
  );
});

test('WATCH: what nobody remembers leaves no trace', () => {
  const { state } = talk(master, ['a: WATCH hello', 'a: UNWATCH']);
  expect(sessionOf(state, 'a').watched).toEqual([]);
  const turn = turnOf(state);
  touchWatched(turn, NO_KEYS);
  expect(turn.state.sessions).toBe(state.sessions);
});
