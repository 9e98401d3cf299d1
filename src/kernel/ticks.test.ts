import { describe, expect, test } from 'vitest';
import { hardLife } from '../swarm/hard-life';
import type { TimedInput } from './inputs';
import { at, says, stateOf, toProcess } from './run-fixture';
import { DEFAULT_SCENE, type Scene } from './scene';
import { nextEvent, step } from './step';
import { EVERY_TICK, QUIET_TICKS, type MayPass } from './upcoming';
import { createWorld, type World } from './world';

interface Told {
  readonly world: World;
  /** Every note and every message, with its time. */
  readonly lines: readonly string[];
  /** By time and node: how many ticks it had had after one that happened. */
  readonly counts: ReadonlyMap<string, number>;
}

function tell(scene: Scene, untilMs: number, mayPass: MayPass): Told {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  let world = createWorld(scene);
  for (;;) {
    const next = nextEvent(world, mayPass);
    if (!next || next.atMs > untilMs) return { world, lines, counts };
    const [after, { atMs, cause, notes, sent }] = step(world, mayPass)!;
    world = after;
    if (cause.target === 'cron') {
      counts.set(`${atMs} ${cause.node}`, stateOf(world, cause.node).cronIteration);
    }
    for (const line of [...notes, ...sent]) lines.push(`${atMs} ${JSON.stringify(line)}`);
  }
}

/** What a node knows, but for the counts that ticks keep. */
function beliefs(world: World, name: string) {
  const { cronIteration: _, quietUntilMs: __, quietBlocksMs: ___, ...rest } = stateOf(world, name);
  return { ...rest, place: world.nodes.get(name)!.value };
}

const sceneOf = (change: Partial<Scene>, ...inputs: TimedInput[]): Scene => ({
  ...DEFAULT_SCENE,
  ...change,
  inputs,
});
const SCENES: readonly (readonly [string, Scene, number])[] = [
  ['a calm cluster', sceneOf({ nodeTimeoutMs: 15_000 }), 40_000],
  [
    'a master dies and comes back',
    sceneOf({ seed: 7 }, toProcess(12_000, 'kill', '8901'), toProcess(30_000, 'restart', '8901')),
    45_000,
  ],
  [
    'processes sleep for an instant, for a second, for long',
    sceneOf(
      { seed: 3 },
      ...[toProcess(12_000, 'freeze', '8901'), toProcess(12_030, 'wake', '8901')],
      ...[toProcess(13_000, 'freeze', '8902'), toProcess(13_950, 'wake', '8902')],
      ...[toProcess(15_000, 'freeze', '8903'), toProcess(27_000, 'wake', '8903')],
    ),
    40_000,
  ],
  [
    'writes that expire, a manual failover, another timeout, a hostname',
    sceneOf(
      { seed: 5 },
      ...[says(9_000, '8901', 'SET a 1 PX 1500'), says(12_000, '8904', 'CLUSTER FAILOVER')],
      says(20_000, '8902', 'CONFIG SET cluster-node-timeout 1000'),
      says(25_000, '8903', 'CONFIG SET cluster-announce-hostname h.example'),
    ),
    40_000,
  ],
  [
    'a link is cut and heals, another is slow',
    sceneOf(
      { seed: 9, nodeTimeoutMs: 2_000 },
      at(9_000, { type: 'cut', from: '8901', to: '8902', oneWay: false }),
      at(15_000, { type: 'heal-all' }),
      at(16_000, { type: 'delay', from: '8901', to: '8903', oneWay: true, addMs: 700 }),
    ),
    25_000,
  ],
  ['a hard life', hardLife(7).scene, 30_000],
];

describe('ticks that are left out', () => {
  test.each(SCENES)('make no difference: %s', (_, scene, untilMs) => {
    const [few, all] = [tell(scene, untilMs, QUIET_TICKS), tell(scene, untilMs, EVERY_TICK)];
    expect(few.lines).toEqual(all.lines);
    for (const name of few.world.nodes.keys()) {
      expect(beliefs(few.world, name)).toEqual(beliefs(all.world, name));
    }
  });

  test('are counted: a process knows how many it has had, also when it slept meanwhile', () => {
    const [, scene, untilMs] = SCENES[2]!;
    const [few, all] = [tell(scene, untilMs, QUIET_TICKS), tell(scene, untilMs, EVERY_TICK)];
    expect(few.counts.size).toBeGreaterThan(500);
    for (const [when, count] of few.counts)
      expect([when, count]).toEqual([when, all.counts.get(when)]);
  });

  test('are most of them while nothing goes on', () => {
    const [, scene, untilMs] = SCENES[0]!;
    const [few, all] = [tell(scene, untilMs, QUIET_TICKS), tell(scene, untilMs, EVERY_TICK)];
    expect(few.counts.size).toBeLessThan(all.counts.size / 3);
  });
});
