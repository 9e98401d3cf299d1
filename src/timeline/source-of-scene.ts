/** What a scene is looked at with: an engine that computes it, or the log it was kept in. */
import type { Input } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { ClusterSource } from './cluster-source';
import { LogSource } from './log-source';
import { SimulatedSource } from './simulated-source';

/** `printInput` names a branch by the sentence of the input that made it. */
export function sourceOfScene(scene: Scene, printInput?: (input: Input) => string): ClusterSource {
  return scene.log ? new LogSource(scene, scene.log) : new SimulatedSource(scene, printInput);
}
