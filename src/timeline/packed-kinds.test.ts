/**
 * To the engine that runs them, records are of one kind if they were made alike. A rule that has
 * met worlds of one kind only is compiled again when it meets another: that would make the first
 * look back in a long run slow.
 */
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld, type World } from '../kernel/world';
import { WorldDiary, unpackWorld } from './packed-world';

setFlagsFromString('--allow-natives-syntax');
const areOfOneKind = runInThisContext('(a, b) => %HaveSameMap(a, b)') as (
  a: unknown,
  b: unknown,
) => boolean;
const isFast = runInThisContext('(a) => %HasFastProperties(a)') as (a: unknown) => boolean;
const hasGaps = runInThisContext('(a) => %HasHoleyElements(a)') as (a: unknown) => boolean;

const [live, back] = (() => {
  const diary = new WorldDiary();
  let world = createWorld(DEFAULT_SCENE);
  let packed = diary.put(world).packed;
  for (let atMs = 500; atMs <= 9_000; atMs += 500) {
    world = runUntilTime(world, atMs);
    packed = diary.put(world).packed;
  }
  return [world, unpackWorld(packed)];
})();

const contextIn = (world: World) => world.nodes.get('8902')!.context;
const heartbeatsIn = (world: World): object[] =>
  [...world.queue].flatMap(({ what }) => {
    if (what.target !== 'bus' || what.event.type !== 'ARRIVE') return [];
    const { arrival } = what.event;
    return arrival.type === 'envelope' ? [arrival.envelope, arrival.envelope.payload] : [];
  });

describe('kinds: what is read back is of the kind that the rules make', () => {
  test.each<[string, (world: World) => unknown]>([
    ['the world', (world) => world],
    ['the network', (world) => world.bus],
    ['what the network knows', (world) => world.bus.context],
    ['a connection', (world) => [...world.bus.context.connections][0]],
    ['what a node remembers', contextIn],
    ['an entry of its table', (world) => contextIn(world).nodes[1]],
    ['of its nodes.conf', (world) => contextIn(world).saved.nodes[1]],
    ['its vital signs', (world) => contextIn(world).vitals],
    ['what it remembers of replication', (world) => contextIn(world).replication],
    ['its counts', (world) => contextIn(world).sentCounts],
    ['a message under way', (world) => heartbeatsIn(world)[0]],
  ])('%s', (_, find) => {
    const [made, read] = [find(live), find(back)];
    expect(made).toBeTypeOf('object');
    expect(areOfOneKind(made, read)).toBe(true);
  });

  test('its list of nodes has no gaps', () => {
    expect(hasGaps(new Array(3))).toBe(true);
    expect(hasGaps(contextIn(back).nodes)).toBe(false);
  });

  test('and where it is of a kind of its own, all are of that one', () => {
    const nodes = [...back.nodes.values()];
    const events = [...back.queue].filter((event) => !Object.hasOwn(event, 'what'));
    expect(events).not.toEqual([]);
    for (const list of [nodes, nodes.map(({ context }) => context.saved), events]) {
      for (const one of list) {
        expect(areOfOneKind(one, list[0])).toBe(true);
        expect(isFast(one)).toBe(true);
      }
    }
  });
});
