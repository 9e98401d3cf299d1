import { expect, test } from 'vitest';
import type { LiveEvent } from '../../shadow/live-events';
import { ToldOnce } from './told-once';

const log = (atMs: number, text = 'a line'): LiveEvent => ({
  ...{ type: 'log', atMs, node: 1, level: 'notice', text },
});
const frame = (number: number, atMs: number): LiveEvent => ({
  ...{ type: 'frame', frame: number, atMs, from: 1, to: 2, dialer: 1, acceptor: 2 },
  ...{ connection: 1, verdict: 'pass', bytes: new Uint8Array() },
});

test('what is told again after a lost connection is heard once, and nothing new is missed', () => {
  const once = new ToldOnce();
  const fate: LiveEvent = { type: 'fate', frame: 1, deliveredMs: 59_500 };
  const before = [log(1_000), frame(1, 59_000), fate, log(60_000), log(60_001, 'another')];
  expect(once.take(before)).toEqual(before);
  once.resume();
  const after = [frame(2, 60_000.5), log(60_001, 'written a moment before'), log(63_000)];
  expect(once.take([log(1_000), ...before.slice(1), ...after])).toEqual(after);
});

test('a memory that begins after what was heard last does not meet it', () => {
  const once = new ToldOnce();
  once.take([log(60_000)]);
  expect([once.meets(59_000), once.meets(61_000)]).toEqual([true, false]);
});

test('what a node truly said twice is heard twice', () => {
  const once = new ToldOnce();
  expect(once.take([log(5), log(5)])).toHaveLength(2);
});
