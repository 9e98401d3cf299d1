/** Through whose eyes one can look. */
import type { FrameNode } from '../protocol/cluster-frame';
import type { Session } from './session.svelte';

/** All nodes; of a log its writer, since nobody else's table is in it; none for an operator. */
export function eyesOf({ frame, scene, isOperators }: Session): readonly FrameNode[] {
  if (isOperators) return [];
  const writer = scene.log?.node;
  return frame.nodes.filter(({ name }) => writer === undefined || name === writer);
}
