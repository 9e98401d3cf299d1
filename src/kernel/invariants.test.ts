import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../protocol/cluster-state';
import { MASTER } from '../protocol/flags';
import { Watch } from './invariants';
import { runUntilTime } from './run';
import { DEFAULT_SCENE } from './scene';
import { step } from './step';
import { EVERY_TICK } from './upcoming';
import { createWorld, type World } from './world';

describe('watch: it does see what is broken', () => {
  const settled = runUntilTime(createWorld(DEFAULT_SCENE), 8_000);
  const spoil = (change: (world: World) => World): (() => void) => {
    const watch = new Watch();
    let world = settled;
    const look = (): void => {
      const [after, record] = step(world, EVERY_TICK)!;
      world = after;
      watch.see({ ...record, notes: [{ event: 'promote', node: '8902', epoch: 1 }] }, after);
    };
    for (let i = 0; i < 200; i++) look();
    world = change(world);
    return () => {
      for (let i = 0; i < 200; i++) look();
    };
  };
  const withContext = (
    world: World,
    name: string,
    change: (context: ClusterState) => object,
  ): World => {
    const snapshot = world.nodes.get(name)!;
    const context = { ...snapshot.context, ...change(snapshot.context) };
    return { ...world, nodes: world.nodes.set(name, { ...snapshot, context }) };
  };

  test('nothing, when nothing is broken', () => {
    expect(spoil((world) => world)).not.toThrow();
  });

  test('an epoch that falls', () => {
    const look = spoil((world) => withContext(world, '8903', () => ({ currentEpoch: 1 })));
    expect(look).toThrow(/currentEpoch of 8903 fell from 6 to/);
  });

  test('a slot with two owners in one table', () => {
    const look = spoil((world) =>
      withContext(world, '8903', ({ nodes }) => ({
        nodes: nodes.map((node) => (node.flags & MASTER ? { ...node, slots: [[0, 9]] } : node)),
      })),
    );
    expect(look).toThrow(/8903 gives 0-9 to/);
  });

  test('two masters that own a slot in one epoch', () => {
    const look = spoil((world) => {
      const own = world.nodes.get('8901')!.context;
      const mine = own.nodes.find(({ id }) => id === own.myId)!;
      return withContext(world, '8902', ({ nodes, myId }) => ({
        nodes: nodes.map((node) => {
          if (node.id === myId)
            return { ...node, slots: mine.slots, configEpoch: mine.configEpoch };
          return node.slots === mine.slots || node.port === 8901 ? { ...node, slots: [] } : node;
        }),
      }));
    });
    expect(look).toThrow(/own 0-5460 in epoch 1/);
  });
});
