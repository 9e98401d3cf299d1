/** What a simulated cluster must have in common with a real one: who is master of whom. */
import type { ClusterFrame, FrameNode } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';

export interface ClusterPlan {
  /** In the order of their slots, each with its replicas in the order of ports. */
  readonly shards: readonly Shard[];
  readonly nodeTimeoutMs: number;
}

export interface Shard {
  readonly master: NodeName;
  readonly replicas: readonly NodeName[];
}

/** Why no simulated cluster of the same shape can be made. */
export type NoPlan = 'none' | 'uneven' | 'few';

/** redis-cli makes no cluster of fewer masters. */
const FEWEST_MASTERS = 3;

/** The shape of a cluster as its nodes see themselves, or why it cannot be made anew. */
export function planOf({ nodes, nodeTimeoutMs }: ClusterFrame): ClusterPlan | NoPlan {
  const masters = nodes
    .filter((node) => node.view.role === 'master' && firstSlot(node) < Infinity)
    .sort((a, b) => firstSlot(a) - firstSlot(b));
  if (masters.length === 0) return 'none';
  if (masters.length < FEWEST_MASTERS) return 'few';
  const shards = masters.map(({ name }) => ({
    master: name,
    replicas: nodes
      .filter(({ view }) => view.role === 'replica' && view.master === name)
      .map((node) => node.name),
  }));
  const placed = shards.reduce((count, { replicas }) => count + 1 + replicas.length, 0);
  const isEven = shards.every(({ replicas }) => replicas.length === shards[0]!.replicas.length);
  return isEven && placed === nodes.length ? { shards, nodeTimeoutMs } : 'uneven';
}

const firstSlot = ({ name, view }: FrameNode): number =>
  view.rows.find((row) => row.name === name)?.slots[0]?.[0] ?? Infinity;
