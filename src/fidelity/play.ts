/** Plays a script in a world and hands back what it left. */
import type { Cluster, ClusterShape } from './cluster';
import type { Script } from './scripts/script';
import { Stage } from './stage';
import type { Transcript } from './transcript';

/** The list that tells how a script ended: a script that cannot go on is a difference too. */
export const ENDING = 'the script';

/** Plays to the end, whatever happens, and ends the cluster. */
export async function play(script: Script, cluster: Cluster): Promise<Transcript> {
  const stage = new Stage(cluster);
  let ending = 'plays to its end';
  try {
    await script.play(stage);
  } catch (error) {
    ending = error instanceof Error ? error.message : String(error);
  }
  const transcript = new Map([[ENDING, [ending]], ...stage.transcript()]);
  await cluster.end();
  return transcript;
}

/** The cluster a script asks for. */
export function shapeOf(script: Script, nodeTimeoutMs: number, seed: number): ClusterShape {
  return { ...script.shape, nodeTimeoutMs, seed };
}
