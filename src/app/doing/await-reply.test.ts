import { expect, test } from 'vitest';
import type { Input } from '../../kernel/inputs';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { parseAction } from '../../lesson/actions';
import { SimulatedSource } from '../../timeline/simulated-source';
import { answerTime } from './await-reply';

const CREATE = [
  'redis-cli --cluster create 127.0.0.1:8901 127.0.0.1:8902 127.0.0.1:8903',
  '--cluster-replicas 0',
].join(' ');

function inputOf(text: string): Input {
  const parsed = parseAction(text);
  if (!parsed.ok || parsed.timed.action.type !== 'input') throw new Error(text);
  return parsed.timed.action.input;
}

/** Does it in a run of empty nodes; how long it is watched, and what redis-cli has said by then. */
function watch(source: SimulatedSource, text: string) {
  const input = inputOf(text);
  source.act(input);
  const { atMs } = source.cursor;
  const until = answerTime({ source }, input);
  expect([source.cursor.atMs, source.computedUntilMs]).toEqual([atMs, atMs]);
  if (until) source.seekTime(until.atMs);
  const said = source.notes().findLast((note) => note.event === 'cli');
  return { watchedMs: until && until.atMs - atMs, said: said?.event === 'cli' ? said.text : null };
}

test('redis-cli --cluster is watched until it asks, and after the answer until it ends', () => {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, start: 'empty' });
  source.seekTime(3_000);
  expect(watch(source, CREATE).said).toMatch(/type 'yes' to accept/);
  const answered = watch(source, 'answer yes');
  expect(answered.said).toBe('[OK] All 16384 slots covered.');
  expect(answered.watchedMs).toBeGreaterThan(1_000);
});

test('a command is watched until its reply, a freeze not at all', () => {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, start: 'empty' });
  source.seekTime(3_000);
  const reply = watch(source, 'cli 8901 PING').watchedMs;
  expect(reply).toBeGreaterThan(0);
  expect(reply).toBeLessThan(1_000);
  expect(watch(source, 'freeze 8901').watchedMs).toBeNull();
});

test('at the very beginning, too', () => {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, start: 'empty' });
  expect(watch(source, 'cli 8901 PING').watchedMs).toBeGreaterThan(0);
});

test('what is done before the answer has come goes on with the same future', () => {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, start: 'empty' });
  source.seekTime(3_000);
  const command = inputOf('cli 8901 PING');
  source.act(command);
  const answeredMs = answerTime({ source }, command)!.atMs;
  source.act(inputOf('freeze 8902'));
  source.seekTime(answeredMs + 1_000);
  expect(source.branches.length).toBe(1);
  expect(source.inputs.length).toBe(2);
  const replies = source.notes().filter(({ event }) => event === 'reply');
  expect(replies.map(({ atMs }) => atMs)).toEqual([answeredMs]);
});
