import { expect, test } from 'vitest';
import { frameOfWorld } from '../../kernel/frame-of-world';
import { at, runScene } from '../../kernel/run-fixture';
import { addNodeInputs, emptyMasters, nextNode, spreadSlotsInputs } from './grow';

const SETTLED_MS = 8_000;
const frameAfter = (inputs: Parameters<typeof at>[1][], untilMs = SETTLED_MS) =>
  frameOfWorld(
    runScene({ inputs: inputs.map((input, i) => at(SETTLED_MS + i, input)) }, untilMs).world,
  );
const settled = frameAfter([]);

test('a master more: a process is started, redis-cli adds it, and it has no slots', () => {
  const inputs = addNodeInputs(settled, null);
  expect(inputs.map(({ type }) => type)).toEqual(['start', 'redis-cli']);
  const frame = frameAfter(inputs, 16_000);
  expect(emptyMasters(frame).map(({ name }) => name)).toEqual(['8907']);
});

test('a replica more: it follows the master that was asked for', () => {
  const frame = frameAfter(addNodeInputs(settled, '8902'), 16_000);
  const fresh = frame.nodes.find(({ name }) => name === '8907')!;
  expect(fresh.view).toMatchObject({ role: 'replica', master: '8902' });
  expect(fresh.shard).toBe(1);
});

test('a process that runs and knows nobody is taken before another is started', () => {
  const frame = frameAfter([{ type: 'start', node: '8907' }], SETTLED_MS + 100);
  expect(nextNode(frame)).toEqual({ name: '8907', runs: true });
  expect(addNodeInputs(frame, null).map(({ type }) => type)).toEqual(['redis-cli']);
});

test('before there is a cluster nobody can be added', () => {
  const before = frameOfWorld(runScene({ start: 'empty' }, 1_000).world);
  expect(addNodeInputs(before, null)).toEqual([]);
  expect(spreadSlotsInputs(before)).toEqual([]);
});
