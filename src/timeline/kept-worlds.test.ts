import { describe, expect, test } from 'vitest';
import { hashWorld } from '../kernel/hash';
import { DEFAULT_SCENE } from '../kernel/scene';
import { step } from '../kernel/step';
import { createWorld, type World } from '../kernel/world';
import { KeptWorlds } from './kept-worlds';

/** So long that stretches of it have been gone through again. */
const STEPS = 5_000;
const LOOKED_AT = [1, 63, 64, 700, 2_345, 4_096, 4_444, STEPS - 1];

/** The hash after each step looked at, of a run that nobody keeps. */
function run(): { readonly last: World; readonly hashes: ReadonlyMap<number, string> } {
  const hashes = new Map<number, string>();
  let world = createWorld(DEFAULT_SCENE);
  while (world.steps < STEPS) {
    world = step(world)![0];
    if (LOOKED_AT.includes(world.steps)) hashes.set(world.steps, hashWorld(world));
  }
  return { last: world, hashes };
}

function keep(): { readonly kept: KeptWorlds; readonly head: World } {
  const kept = new KeptWorlds(createWorld(DEFAULT_SCENE));
  let head = kept.first;
  while (head.steps < STEPS) head = kept.add(step(head)![0]);
  return { kept, head };
}

describe('kept: a long run, gone back to', () => {
  const { last, hashes } = run();
  const { kept, head } = keep();
  const told = (steps: number): string => hashWorld(kept.at(steps));

  test('to be kept changes nothing in it', () => {
    expect(hashWorld(head)).toBe(hashWorld(last));
  });

  test('each world is what it was, back and forth', () => {
    for (const steps of [...LOOKED_AT, ...LOOKED_AT.toReversed()]) {
      expect(told(steps)).toBe(hashes.get(steps));
    }
  });

  test('another line from the middle has the same past', () => {
    const middle = kept.at(4_096);
    const other = kept.fork(middle);
    other.add(step(other.first)![0]);
    expect(hashWorld(other.at(4_096))).toBe(hashes.get(4_096));
    expect(hashWorld(other.at(700))).toBe(hashes.get(700));
  });

  test('looked at again, a world is the very same', () => {
    expect(kept.at(2_345)).toBe(kept.at(2_345));
  });
});
