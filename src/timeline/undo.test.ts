import { expect, test } from 'vitest';
import type { Input, TimedInput } from '../kernel/inputs';
import { DEFAULT_SCENE } from '../kernel/scene';
import { SimulatedSource } from './simulated-source';

const kill: Input = { type: 'kill', node: '8901' };
const freeze: Input = { type: 'freeze', node: '8905' };
const cut: Input = { type: 'cut', from: '8902', to: '8903', oneWay: false };

/** A run in which these are done by hand, one second apart from 6 s on, seen until 20 s. */
function runOf(inputs: readonly Input[], given: readonly TimedInput[] = []): SimulatedSource {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, inputs: given });
  inputs.forEach((input, i) => {
    source.seekTime(6_000 + 1_000 * i);
    source.act(input);
  });
  source.seekTime(20_000);
  return source;
}

function hashWithout(source: SimulatedSource, index: number): string {
  const id = source.without(index);
  source.switchBranch(id);
  source.seekTime(20_000);
  return source.hash();
}

test('undo: the run is as if it had never been done, and what came later still is', () => {
  const source = runOf([kill, freeze, cut]);
  const times = source.inputs;
  const never = new SimulatedSource({
    ...DEFAULT_SCENE,
    inputs: times.filter(({ input }) => input !== freeze),
  });
  never.seekTime(20_000);
  expect(hashWithout(source, 1)).toBe(never.hash());
  expect(source.inputs.map(({ input }) => input)).toEqual([kill, cut]);
});

test('undo: the other future is kept, and the cursor stays until one goes over', () => {
  const source = runOf([kill, freeze]);
  const before = source.hash();
  const id = source.without(0);
  expect(source.hash()).toBe(before);
  expect(source.branches.find((branch) => branch.id === id)).toMatchObject({ parent: 0 });
  source.switchBranch(id);
  source.switchBranch(0);
  source.seekTime(20_000);
  expect(source.hash()).toBe(before);
});

test('undo: also of what a link or a lesson had in store from the beginning', () => {
  const given = [
    { atMs: 7_000, input: kill },
    { atMs: 9_000, input: freeze },
  ];
  const source = runOf([], given);
  expect(hashWithout(source, 0)).toBe(runOf([], given.slice(1)).hash());
  expect(source.inputs).toEqual(given.slice(1));
});

test('undo: nothing to undo is said', () => {
  expect(() => runOf([]).without(0)).toThrow('nothing was done as number 0');
});
