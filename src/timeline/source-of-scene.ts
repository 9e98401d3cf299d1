/** What a scene is looked at with: an engine that computes it, or the log it was kept in. */
import type { Scene } from '../kernel/scene';
import type { ClusterSource } from './cluster-source';
import { LogSource } from './log-source';
import { SimulatedSource } from './simulated-source';

export function sourceOfScene(scene: Scene): ClusterSource {
  return scene.log ? new LogSource(scene, scene.log) : new SimulatedSource(scene);
}
