/** PUBLISH and SPUBLISH in whole worlds: who hears what. */
import { expect, test } from 'vitest';
import type { TimedInput } from './inputs';
import { at, notesOf, runScene, stateOf, type Run } from './run-fixture';

/** `redis-cli -p NODE TEXT`: redirects are not followed. */
const says = (atMs: number, node: string, text: string, client = 'c1'): TimedInput => {
  const argv = text.split(' ');
  return at(atMs, { type: 'command', client, node, argv, follow: false });
};

/** What was answered to a command, oldest first. */
const repliesTo = (run: Run, command: string): string[] =>
  notesOf(run, 'reply')
    .filter((note) => note.command === command)
    .map(({ text }) => text);

/** What clients heard without asking: client, node, text. */
const pushes = (run: Run): string[] =>
  notesOf(run, 'push').map(({ client, node, text }) => `${client} ${node} ${text}`);

test('PUBLISH reaches subscribers of every node; the reply counts those of its own', () => {
  const inputs = [
    says(20_000, '8905', 'SUBSCRIBE news', 'c1'),
    says(20_000, '8901', 'SUBSCRIBE news', 'c2'),
    says(21_000, '8901', 'PUBLISH news hi', 'c3'),
  ];
  const run = runScene({ inputs }, 22_000);
  expect(repliesTo(run, 'PUBLISH news hi')).toEqual(['(integer) 1']);
  expect(pushes(run).sort()).toEqual([
    'c1 8905 "message" "news" "hi"',
    'c2 8901 "message" "news" "hi"',
  ]);
  expect(stateOf(run.world, '8901').sentCounts['PUBLISH']).toBe(5);
});

test('SPUBLISH reaches the shard that has the slot, and nobody else', () => {
  const inputs = [
    says(20_000, '8904', 'SSUBSCRIBE hello', 'c1'),
    says(20_000, '8902', 'SSUBSCRIBE hello', 'c2'),
    says(21_000, '8901', 'SPUBLISH hello hi', 'c3'),
  ];
  const run = runScene({ inputs }, 22_000);
  expect(repliesTo(run, 'SSUBSCRIBE hello')).toContain('MOVED 866 127.0.0.1:8901');
  expect(pushes(run)).toEqual(['c1 8904 "smessage" "hello" "hi"']);
  expect(stateOf(run.world, '8901').sentCounts['PUBLISHSHARD']).toBe(1);
});

test('a slot that leaves takes its listeners off, on the replica, too', () => {
  const inputs = [
    says(20_000, '8901', 'SSUBSCRIBE hello', 'c1'),
    says(20_000, '8904', 'SSUBSCRIBE hello', 'c2'),
    says(21_000, '8901', 'CLUSTER DELSLOTS 866', 'c3'),
    says(21_000, '8904', 'CLUSTER DELSLOTS 866', 'c3'),
  ];
  expect(pushes(runScene({ inputs }, 23_000)).sort()).toEqual([
    'c1 8901 "sunsubscribe" "hello" (integer) 0',
    'c2 8904 "sunsubscribe" "hello" (integer) 0',
  ]);
});

test('who listens may do little else on that connection', () => {
  const inputs = [
    says(20_000, '8901', 'SUBSCRIBE news'),
    says(21_000, '8901', 'GET hello'),
    says(22_000, '8901', 'PING'),
    says(23_000, '8901', 'UNSUBSCRIBE news'),
    says(24_000, '8901', 'GET hello'),
  ];
  const run = runScene({ inputs }, 25_000);
  expect(repliesTo(run, 'GET hello')).toEqual([
    "ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET " +
      'are allowed in this context',
    '(nil)',
  ]);
  expect(repliesTo(run, 'PING')).toEqual(['1) "pong"\n2) ""']);
});
