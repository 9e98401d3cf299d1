/** How many nodes of a crowd are what, by the table looked through. */
import type { ArrangedNode } from './arrangement';

export interface CrowdCounts {
  /** Masters with slots. */
  readonly serving: number;
  /** Masters without: what every node is until it is told to replicate. */
  readonly bare: number;
  readonly replicas: number;
  /** Whom the viewpoint has not heard of. */
  readonly unknown: number;
}

/** Counts each node once. */
export function crowdCounts(
  nodes: readonly Pick<ArrangedNode, 'role' | 'slots' | 'knowledge'>[],
): CrowdCounts {
  const known = nodes.filter(({ knowledge }) => knowledge !== 'unknown');
  const masters = known.filter(({ role }) => role === 'master');
  const serving = masters.filter(({ slots }) => slots.length > 0).length;
  return {
    serving,
    bare: masters.length - serving,
    replicas: known.length - masters.length,
    unknown: nodes.length - known.length,
  };
}
