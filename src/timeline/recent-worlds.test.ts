import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../kernel/scene';
import { step } from '../kernel/step';
import { createWorld, type World } from '../kernel/world';
import { RecentWorlds } from './recent-worlds';

/** Worlds right after the steps 1, 2 and so on. */
function line(count: number): World[] {
  const worlds: World[] = [];
  let world = createWorld(DEFAULT_SCENE);
  while (worlds.length < count) worlds.push((world = step(world)![0]));
  return worlds;
}

describe('recent: the worlds looked at last', () => {
  const worlds = line(6);
  const recent = new RecentWorlds(4);
  for (const world of worlds) recent.add(world);

  test('the latest within a stretch is found, the very same', () => {
    expect(recent.lastBetween(1, 5)).toBe(worlds[4]);
    expect(recent.lastBetween(6, 9)).toBe(worlds[5]);
    expect(recent.lastBetween(3, 3)).toBe(worlds[2]);
  });

  test('none of those that had to make room', () => {
    expect(recent.lastBetween(1, 2)).toBeNull();
  });

  test('in whatever order they came', () => {
    const mixed = new RecentWorlds(4);
    for (const i of [4, 1, 3]) mixed.add(worlds[i]!);
    expect(mixed.lastBetween(1, 4)).toBe(worlds[3]);
    expect(mixed.lastBetween(1, 3)).toBe(worlds[1]);
    expect(mixed.lastBetween(6, 9)).toBeNull();
  });

  test('an empty one has none', () => {
    expect(new RecentWorlds(4).lastBetween(0, 100)).toBeNull();
  });
});
