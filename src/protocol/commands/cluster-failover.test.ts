import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { FAIL, MASTER, PFAIL, REPLICA } from '../flags';
import {
  NOW_MS,
  callOf,
  connectionOf,
  entryOf,
  flagged,
  idOf,
  logIn,
  notesIn,
  sentIn,
  settledNode,
  turnOf,
  withEntry,
} from '../fixtures/node-fixture';
import { printReply } from '../reply';
import { processCommand } from './process-command';

function told(text: string, state: ClusterState = settledNode('8904')) {
  const turn = turnOf(state);
  const reply = printReply(processCommand(turn, callOf(`CLUSTER ${text}`))!);
  return { reply, turn, state: turn.state, log: logIn(turn) };
}
const MASTER_DOWN = 'Master is down or failed, please use CLUSTER FAILOVER FORCE';
const TO_A_MASTER = 'You should send CLUSTER FAILOVER to a replica';
const NO_MASTER = "I'm a replica but my master is unknown to me";
const replica = settledNode('8904');

describe('CLUSTER FAILOVER: refused', () => {
  test.each([
    ['FAILOVER', settledNode('8901'), TO_A_MASTER],
    ['FAILOVER TAKEOVER', settledNode('8901'), TO_A_MASTER],
    ['FAILOVER FORCE', withEntry(replica, '8904', { masterId: null }), NO_MASTER],
    ['FAILOVER', flagged(replica, '8901', FAIL), MASTER_DOWN],
    ['FAILOVER', withEntry(replica, '8901', { link: null }), MASTER_DOWN],
    ['FAILOVER NOW', replica, 'syntax error'],
    ['FAILOVER NOW', settledNode('8901'), 'syntax error'],
    [
      'failover FORCE TAKEOVER',
      replica,
      "unknown subcommand or wrong number of arguments for 'failover'. Try CLUSTER HELP.",
    ],
  ])('%s', (text, state, error) => {
    const { reply, turn } = told(text, state);
    expect(reply).toBe(`(error) ERR ${error}`);
    expect(turn.effects).toEqual([]);
    expect(turn.state.manualFailover).toBe(state.manualFailover);
  });

  test('a master that is only suspected will do', () => {
    expect(told('FAILOVER', flagged(replica, '8901', PFAIL)).reply).toBe('OK');
  });

  test.each(['FORCE', 'force', 'TAKEOVER', 'Takeover'])('%s minds no failed master', (word) => {
    expect(told(`FAILOVER ${word}`, flagged(replica, '8901', FAIL)).reply).toBe('OK');
  });
});

describe('CLUSTER FAILOVER', () => {
  const { reply, turn, state, log } = told('FAILOVER');

  test('OK, before anything has happened', () => {
    expect(reply).toBe('OK');
    expect(entryOf(state, '8904').flags & REPLICA).toBe(REPLICA);
    expect(log).toEqual(['Manual failover user request accepted.']);
    expect(notesIn(turn, 'manual.ask')).toEqual([
      { event: 'manual.ask', node: '8904', master: '8901', mode: 'agreed' },
    ]);
  });

  test('MFSTART to the master, and five seconds', () => {
    expect(sentIn(turn)).toHaveLength(1);
    expect(sentIn(turn)[0]).toMatchObject({
      connection: connectionOf('8904', '8901'),
      message: { type: 'MFSTART', paused: false, forceAck: false },
    });
    expect(state.manualFailover).toMatchObject({ endMs: NOW_MS + 5_000, canStart: false });
  });

  test('again: from the beginning', () => {
    const later = { ...state.manualFailover, endMs: NOW_MS + 1, masterOffsetBytes: 7 };
    const again = told('FAILOVER', { ...state, manualFailover: later });
    expect(again.state.manualFailover).toEqual(state.manualFailover);
  });
});

describe('CLUSTER FAILOVER FORCE', () => {
  test('may start at once, without a word to the master; the next tick starts it', () => {
    const { state, turn, log } = told('FAILOVER FORCE');
    expect(state.manualFailover).toMatchObject({ endMs: NOW_MS + 5_000, canStart: true });
    expect(sentIn(turn)).toEqual([]);
    expect(state.todo.handleFailover).toBe(false);
    expect(log).toEqual(['Forced failover user request accepted.']);
  });
});

describe('CLUSTER FAILOVER TAKEOVER', () => {
  const { state, turn, log } = told('FAILOVER TAKEOVER');

  test('a master before the reply is written, in an epoch nobody voted for', () => {
    const me = entryOf(state, '8904');
    expect(me).toMatchObject({ slots: [[0, 5460]], configEpoch: 7, masterId: null });
    expect(me.flags & (MASTER | REPLICA)).toBe(MASTER);
    expect(state.currentEpoch).toBe(7);
    expect(log.slice(0, 2)).toEqual([
      'Taking over the master (user request).',
      'New configEpoch set to 7',
    ]);
    expect(log.some((line) => line.startsWith('Failover election won'))).toBe(false);
  });

  test('everyone hears of it; these PONGs still say paused', () => {
    const sent = sentIn(turn).map(({ message }) => message);
    expect(sent).toHaveLength(5);
    expect(sent[0]).toMatchObject({ type: 'PONG', configEpoch: 7, paused: true, masterId: null });
    expect(state.manualFailover.endMs).toBe(0);
  });

  test('an epoch of its own that nobody exceeds is good enough', () => {
    const own = withEntry(replica, '8904', { configEpoch: 6 });
    expect(entryOf(told('FAILOVER TAKEOVER', own).state, '8904').configEpoch).toBe(6);
    expect(idOf('8904')).toBe(own.myId);
  });
});
