import { describe, expect, test } from 'vitest';
import type { ClusterState } from '../protocol/cluster-state';
import { drawInt } from '../protocol/draw';
import { MASTER } from '../protocol/flags';
import { processOf } from '../protocol/node.machine';
import type { Input, TimedInput } from './inputs';
import { Watch, disagreement } from './invariants';
import { runUntilTime } from './run';
import { DEFAULT_SCENE, nodeNames, type Scene } from './scene';
import { step } from './step';
import { act, createWorld, type World } from './world';

const FAULTS_FROM_MS = 8_000;
const FAULTS = 12;
const FAULT_GAP_MS = 4_000;
const END_MS = FAULTS_FROM_MS + FAULTS * FAULT_GAP_MS;
const REST_MS = 60_000;

/** A fault drawn for a seed: any node, any link, any kind. */
function randomFault(seed: number, i: number, scene: Scene): Input {
  const pick = <T>(list: readonly T[], salt: number): T =>
    list[drawInt(list.length, seed, 900, i, salt)]!;
  const names = nodeNames(scene);
  const node = pick(names, 1);
  const to = pick(
    names.filter((name) => name !== node),
    2,
  );
  const oneWay = drawInt(2, seed, 900, i, 3) === 0;
  return pick<Input>(
    [
      { type: 'kill', node },
      { type: 'restart', node },
      { type: 'freeze', node },
      { type: 'wake', node },
      { type: 'cut', from: node, to, oneWay },
      { type: 'hold', from: node, to, oneWay },
      { type: 'release', from: node, to, oneWay },
      { type: 'heal', from: node, to, oneWay },
      { type: 'delay', from: node, to, oneWay, addMs: 300 },
      { type: 'drop', from: node, to, count: 3, messageType: null },
      { type: 'heal-all' },
      { type: 'command', client: 'c', node, argv: ['SET', `key:${i}`, 'v'], follow: true },
    ],
    4,
  );
}

/** Twelve faults, then everything is mended and every process runs. */
function hardLife(seed: number): Scene {
  const masters = seed % 3 === 0 ? 5 : 3;
  const scene: Scene = { ...DEFAULT_SCENE, masters, seed, nodeTimeoutMs: 2_000 };
  const faults = Array.from({ length: FAULTS }, (_, i): TimedInput => {
    const atMs = FAULTS_FROM_MS + i * FAULT_GAP_MS + drawInt(FAULT_GAP_MS, seed, 901, i);
    return { atMs, input: randomFault(seed, i, scene) };
  });
  return {
    ...scene,
    inputs: [
      ...faults,
      { atMs: END_MS, input: { type: 'heal-all' } },
      ...nodeNames(scene).map((node): TimedInput => ({
        atMs: END_MS,
        input: { type: 'wake', node },
      })),
    ],
  };
}

/** Runs a hard life under watch; whoever is dead at its end is restarted. */
function live(seed: number): World {
  const watch = new Watch();
  const see: Parameters<typeof runUntilTime>[2] = (record, world) => watch.see(record, world);
  let world = runUntilTime(createWorld(hardLife(seed)), END_MS, see);
  for (const [node, snapshot] of [...world.nodes]) {
    if (processOf(snapshot) === 'killed') world = act(world, { type: 'restart', node }, END_MS);
  }
  return runUntilTime(world, END_MS + REST_MS, see);
}

describe('swarm: random faults; no rule is ever broken, and in the end all agree', () => {
  const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);

  test.each(SEEDS)('seed %i', (seed) => {
    const world = live(seed);
    expect(disagreement(world)).toBeNull();
    for (const { context } of [...world.nodes.values()]) expect(context.state).toBe('ok');
  });
});

describe('watch: it does see what is broken', () => {
  const settled = runUntilTime(createWorld(DEFAULT_SCENE), 8_000);
  const spoil = (change: (world: World) => World): (() => void) => {
    const watch = new Watch();
    let world = settled;
    const look = (): void => {
      const [after, record] = step(world)!;
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
