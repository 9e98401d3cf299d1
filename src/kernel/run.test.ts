import { expect, test } from 'vitest';
import { hashWorld } from './hash';
import { runUntilTime, stepOn } from './run';
import { DEFAULT_SCENE } from './scene';
import { step } from './step';
import { createWorld, type World } from './world';

test('a run that only goes forward comes to the same worlds, and keeps none of those it left', () => {
  let [kept, left] = [createWorld(DEFAULT_SCENE), createWorld(DEFAULT_SCENE)];
  let vitals = vitalsOf8901(left);
  for (let taken = 0; taken < 800; taken++) {
    kept = step(kept)![0];
    const before = left;
    if (taken === 400) vitals = vitalsOf8901(before);
    left = stepOn(left)![0];
    if (taken === 400) {
      expect(before.nodes === left.nodes).toBe(false);
      expect(() => before.nodes.get('8901')).toThrow('was let go');
      expect(() => before.queue.first).toThrow('was let go');
    }
  }
  expect(hashWorld(left)).toBe(hashWorld(kept));
  expect(vitalsOf8901(left) === vitals).toBe(false);
  expect(() => vitals.columns).toThrow('was let go');
});

const vitalsOf8901 = (world: World) => world.nodes.get('8901')!.context.vitals;

test('a run that is shown to nobody leaves the world it started from as it was', () => {
  const start = runUntilTime(createWorld(DEFAULT_SCENE), 5_000);
  const before = hashWorld(start);
  const unseen = runUntilTime(start, 12_000);
  const seen = runUntilTime(start, 12_000, () => undefined);
  expect(hashWorld(start)).toBe(before);
  expect(hashWorld(unseen)).toBe(hashWorld(seen));
});
