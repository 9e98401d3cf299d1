/** Measures a fault many times in each world. */
import type { Cluster, ClusterShape } from './cluster';
import { mend, strike, type Fault, type Timing, type Trial } from './faults';
import { replicasAreSynced, SIX_NODES } from './scripts/script';
import { Stage } from './stage';

/** One key of each master, as redis-cli deals slots to three masters. */
const KEYS = ['hello', '{user}1', 'foo'];
const REST_MS = 1_000;

export function measuredShape(fault: Fault, nodeTimeoutMs: number, seed: number): ClusterShape {
  return { ...SIX_NODES, proxied: fault === 'black hole', nodeTimeoutMs, seed };
}

/**
 * Strikes a living cluster `runs` times, the shards in turn. A replica does not stand again, and
 * masters do not vote again about the same master, until four timeouts have passed.
 */
export async function measureOneCluster(
  cluster: Cluster,
  fault: Fault,
  runs: number,
  onRun: (timing: Timing) => void = () => undefined,
): Promise<Timing[]> {
  const shards = KEYS.map((key, i) => ({
    key,
    nodes: [String(8_901 + i), String(8_904 + i)],
    struckMs: -Infinity,
  }));
  const timings: Timing[] = [];
  await cluster.start();
  await cluster.create();
  const { nodeTimeoutMs } = cluster.shape;
  for (let run = 0; run < runs; run++) {
    const shard = shards[run % shards.length]!;
    await rest(cluster, shard.struckMs + 4 * nodeTimeoutMs + REST_MS, run);
    shard.struckMs = cluster.nowMs();
    const [victim, heir] = shard.nodes as [string, string];
    const trial: Trial = { fault, victim, heir, key: shard.key };
    cluster.forgetLog();
    const timing = await strike(cluster, trial);
    timings.push(timing);
    onRun(timing);
    await mend(cluster, trial);
    shard.nodes.reverse();
  }
  await cluster.end();
  return timings;
}

/** Waits for calm, for `notBeforeMs`, and then for a random part of a timeout: ticks have phases. */
async function rest(cluster: Cluster, notBeforeMs: number, run: number): Promise<void> {
  const stage = new Stage(cluster);
  await stage.settle(() => replicasAreSynced(stage));
  const { nodeTimeoutMs } = cluster.shape;
  // The golden ratio spreads the moments evenly, however few they are.
  const share = (run * 0.618_033_988_75) % 1;
  const waitMs = Math.max(0, notBeforeMs - cluster.nowMs()) + REST_MS;
  await cluster.pass(Math.round(waitMs + share * nodeTimeoutMs));
}
