import { describe, expect, test } from 'vitest';
import { isReplica, lookupNode, myself } from '../protocol/cluster-state';
import { FAIL, PFAIL } from '../protocol/flags';
import type { NodeName } from '../protocol/ids';
import type { TimedInput } from './inputs';
import { Watch, disagreement } from './invariants';
import { runUntilTime } from './run';
import { DEFAULT_SCENE, nodeNames, type Scene } from './scene';
import { createWorld, type World } from './world';

/** Cuts `names` off from everyone else at 10 s; heals at 40 s, if asked to. */
function cutOff(names: readonly NodeName[], heal: boolean): TimedInput[] {
  const others = nodeNames(DEFAULT_SCENE).filter((name) => !names.includes(name));
  const cuts = names.flatMap((from) =>
    others.map((to) => ({
      atMs: 10_000,
      input: { type: 'cut', from, to, oneWay: false } as const,
    })),
  );
  return heal ? [...cuts, { atMs: 40_000, input: { type: 'heal-all' } }] : cuts;
}

function run(scene: Partial<Scene>, untilMs: number, onWorld?: (world: World) => void): World {
  const watch = new Watch();
  return runUntilTime(createWorld({ ...DEFAULT_SCENE, ...scene }), untilMs, (record, world) => {
    watch.see(record, world);
    onWorld?.(world);
  });
}

const state = (world: World, name: NodeName) => world.nodes.get(name)!.context;
const roleOf = (world: World, name: NodeName) =>
  isReplica(myself(state(world, name))) ? 'replica' : 'master';
const flagsOf = (world: World, at: NodeName, about: NodeName): number =>
  lookupNode(state(world, at), state(world, about).myId)!.flags & (FAIL | PFAIL);

describe('partition: a master cut off with its replica’s shard on the other side', () => {
  test.each([1, 2, 3])('seed %i: it stops serving; the majority replaces it', (seed) => {
    const world = run({ seed, inputs: cutOff(['8901'], false) }, 40_000);
    expect(state(world, '8901').state).toBe('fail');
    expect(roleOf(world, '8901')).toBe('master');
    expect(roleOf(world, '8904')).toBe('master');
    expect(state(world, '8902').state).toBe('ok');
  });

  test.each([1, 2, 3])('seed %i: healed, it is told and follows', (seed) => {
    const world = run({ seed, inputs: cutOff(['8901'], true) }, 60_000);
    expect(roleOf(world, '8901')).toBe('replica');
    expect(disagreement(world)).toBeNull();
    expect(flagsOf(world, '8902', '8901')).toBe(0);
  });

  test('the minority stops before the majority elects', () => {
    let stoppedMs = 0;
    let electedMs = 0;
    run({ inputs: cutOff(['8901'], false) }, 40_000, (world) => {
      if (world.nowMs > 10_000 && !stoppedMs && state(world, '8901').state === 'fail') {
        stoppedMs = world.nowMs;
      }
      if (world.nowMs > 10_000 && !electedMs && roleOf(world, '8904') === 'master') {
        electedMs = world.nowMs;
      }
    });
    expect(stoppedMs).toBeGreaterThan(10_000);
    expect(stoppedMs).toBeLessThan(electedMs);
  });
});

test('partition: a whole shard on the minority side is lost until it heals', () => {
  const during = run({ inputs: cutOff(['8901', '8904'], false) }, 39_000);
  expect(state(during, '8902').state).toBe('fail');
  expect(roleOf(during, '8904')).toBe('replica');
  expect(flagsOf(during, '8902', '8901')).toBe(FAIL);
  const after = run({ inputs: cutOff(['8901', '8904'], true) }, 60_000);
  expect(state(after, '8902').state).toBe('ok');
  expect(roleOf(after, '8901')).toBe('master');
  expect(disagreement(after)).toBeNull();
});

test('partition: one way only, A hears B but B does not hear A: both come to suspect', () => {
  const input = { type: 'cut', from: '8901', to: '8902', oneWay: true } as const;
  const world = run({ inputs: [{ atMs: 10_000, input }] }, 30_000);
  // 8902 gets neither pings nor answers; 8901 gets pings, but its own stay unanswered.
  expect(flagsOf(world, '8902', '8901')).toBe(PFAIL);
  expect(state(world, '8903').state).toBe('ok');
  expect(roleOf(world, '8901')).toBe('master');
});

test('partition: one link between two masters is not enough for a verdict', () => {
  const input = { type: 'cut', from: '8901', to: '8902', oneWay: false } as const;
  const world = run({ inputs: [{ atMs: 10_000, input }] }, 40_000);
  expect(flagsOf(world, '8901', '8902')).toBe(PFAIL);
  expect(flagsOf(world, '8902', '8901')).toBe(PFAIL);
  expect(flagsOf(world, '8903', '8901')).toBe(0);
  expect([...world.nodes.keys()].map((name) => roleOf(world, name))).toEqual([
    'master',
    'master',
    'master',
    'replica',
    'replica',
    'replica',
  ]);
});
