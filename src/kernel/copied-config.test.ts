/**
 * Two processes with one id: who copies a data directory with a nodes.conf in it copies the id.
 * redis-server 7.0.15 was seen to do the same, line by line.
 */
import { describe, expect, test } from 'vitest';
import { frameOfWorld } from './frame-of-world';
import type { TimedInput } from './inputs';
import { at, logOf, masterIn, notesOf, runScene, stateOf } from './run-fixture';

const tool = (atMs: number, ...argv: string[]): TimedInput =>
  at(atMs, { type: 'redis-cli', argv: ['--cluster', ...argv], answers: [] });
const reset = at(16_000, {
  type: 'command',
  client: 'c1',
  node: '8906',
  argv: ['CLUSTER', 'RESET', 'HARD'],
  follow: false,
});
const run = (untilMs: number, ...inputs: TimedInput[]) =>
  runScene({ copies: { 8906: '8905' }, seed: 3, inputs }, untilMs);

describe('8906 begins with a copy of the nodes.conf of 8905', () => {
  const { world, notes } = run(20_000, tool(15_000, 'check', '127.0.0.1:8901'));
  const updates = logOf({ world, notes }, '8901', 10_000).filter((line) =>
    line.startsWith('Address updated for node'),
  );

  test('every node counts five, itself included', () => {
    const sizes = world.names.map((name) => stateOf(world, name).nodes.length);
    expect(sizes).toEqual([5, 5, 5, 5, 5, 5]);
  });

  test('the others have the two in one row, and its address changes many times a second', () => {
    expect(updates.length).toBeGreaterThan(20);
    expect(new Set(updates.map((line) => line.slice(-4)))).toEqual(new Set(['8905', '8906']));
  });

  test('a picture names a row by the address it holds, one’s own by one’s own', () => {
    const { nodes } = frameOfWorld(world);
    for (const { name, view } of nodes) expect(view.rows.map((row) => row.name)).toContain(name);
  });

  test('redis-cli --cluster check finds nothing to complain of', () => {
    const said = notesOf({ world, notes }, 'cli').map(({ text }) => text);
    const verdicts = said.filter((text) => text.startsWith('['));
    const agreed = '[OK] All nodes agree about slots configuration.';
    expect(verdicts.slice(-2)).toEqual([agreed, '[OK] All 16384 slots covered.']);
  });
});

test('with an id of its own and introduced again, all know six', () => {
  const join = ['add-node', '127.0.0.1:8906', '127.0.0.1:8901', '--cluster-slave'];
  const { world } = run(30_000, reset, tool(18_000, ...join));
  const sizes = world.names.map((name) => stateOf(world, name).nodes.length);
  expect(sizes).toEqual([6, 6, 6, 6, 6, 6]);
  const masters = ['8904', '8905', '8906'].map((name) => masterIn(world, name));
  expect(new Set(masters)).toEqual(new Set(['8901', '8902', '8903']));
});
