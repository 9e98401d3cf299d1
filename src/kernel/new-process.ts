/** A redis-server on its first start: it runs, and knows nobody. */
import { DEFAULT_CONFIG } from '../protocol/config';
import { freshState } from '../protocol/fresh-state';
import type { NodeName } from '../protocol/ids';
import { nodeStepper, type NodeSnapshot } from '../protocol/node.machine';
import type { Mutable } from '../protocol/turn';
import { networkOf } from './dial';
import type { Scene } from './scene';
import type { World } from './world';

/** The machine of a process of this scene, as it begins. */
export function newProcess(scene: Scene, name: NodeName): NodeSnapshot {
  const { seed, nodeTimeoutMs, switches, copies } = scene;
  const copyOf = copies?.[name];
  const interfaceIp = networkOf(scene)?.containerIps[name];
  const config = {
    ...DEFAULT_CONFIG,
    nodeTimeoutMs,
    // As the test suite of Redis starts its servers: a full copy waits for no second replica.
    replDisklessSyncDelayMs: 0,
    ...(switches?.length ? { switches } : {}),
    ...(interfaceIp ? { interfaceIp } : {}),
  };
  return nodeStepper.start(freshState({ name, seed, config, ...(copyOf ? { copyOf } : {}) }));
}

/** One process more, in a world that is being made; its host and its ticks are to be started. */
export function addProcess(world: Mutable<World>, name: NodeName): void {
  world.names = [...world.names, name].sort((a, b) => Number(a) - Number(b));
  world.nodes = world.nodes.set(name, newProcess(world.scene, name));
  world.processSinceMs = { ...world.processSinceMs, [name]: world.nowMs };
  world.cronRuns = { ...world.cronRuns, [name]: 0 };
}
