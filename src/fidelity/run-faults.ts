/** Measures every fault at every timeout in both worlds. */
import { FAULTS, type Fault, type Timing } from './faults';
import { measureOneCluster, measuredShape } from './measure';
import { runInLanes } from './pool';
import { RealCluster } from './real-cluster';
import type { Programs } from '../real-redis/redis-cli';
import type { FaultResult } from './results';
import { SimulatedCluster } from './simulated-cluster';

export interface FaultPlan {
  readonly programs: Programs;
  readonly timeoutsMs: readonly number[];
  readonly runs: number;
  readonly seeds: number;
  readonly lanes: number;
  readonly say: (sentence: string) => void;
}

/** How often one simulated cluster is struck before another seed makes the next. */
const STRIKES_A_SEED = 5;

/** Every fault at every timeout, the slow ones first. */
export async function runFaults(plan: FaultPlan): Promise<FaultResult[]> {
  const { seeds, lanes, say } = plan;
  const slowFirst = [...plan.timeoutsMs].sort((a, b) => b - a);
  const cases = slowFirst.flatMap((nodeTimeoutMs) =>
    FAULTS.map((fault) => ({ fault, nodeTimeoutMs })),
  );
  const simulated: Timing[][] = [];
  for (const { fault, nodeTimeoutMs } of cases) {
    simulated.push(await simulate(fault, nodeTimeoutMs, seeds));
    say(`${fault} at ${nodeTimeoutMs} ms: ${seeds} simulated runs`);
  }
  const jobs = cases.map(({ fault, nodeTimeoutMs }) => () => {
    const shape = measuredShape(fault, nodeTimeoutMs, 0);
    const what = `${fault} at ${nodeTimeoutMs} ms`;
    return measureReal({ what, fault, make: () => new RealCluster(shape, plan.programs) }, plan);
  });
  const real = await runInLanes(jobs, lanes);
  return cases
    .map((one, i): FaultResult => ({ ...one, real: real[i]!, simulated: simulated[i]! }))
    .sort((a, b) => a.nodeTimeoutMs - b.nodeTimeoutMs);
}

/** A machine that is too busy can lose a cluster; another one goes on where it stopped. */
const MAX_CLUSTERS = 3;

export interface RealRuns {
  /** Words for whoever waits. */
  readonly what: string;
  readonly fault: Fault;
  readonly make: () => RealCluster;
}

export async function measureReal(
  { what, fault, make }: RealRuns,
  { runs, say }: Pick<FaultPlan, 'runs' | 'say'>,
): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (let clusters = 1; timings.length < runs; clusters++) {
    const cluster = make();
    try {
      await measureOneCluster(cluster, fault, runs - timings.length, (timing) => {
        timings.push(timing);
        say(`${what}: real run ${timings.length}/${runs}, won after ${timing.won} ms`);
      });
    } catch (error) {
      await cluster.end();
      if (clusters === MAX_CLUSTERS) throw error;
      say(`${what}: ${(error as Error).message}; going on with another cluster`);
    }
  }
  return timings;
}

async function simulate(fault: Fault, nodeTimeoutMs: number, runs: number): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (let seed = 1; timings.length < runs; seed++) {
    const cluster = new SimulatedCluster(measuredShape(fault, nodeTimeoutMs, seed));
    const left = Math.min(STRIKES_A_SEED, runs - timings.length);
    timings.push(...(await measureOneCluster(cluster, fault, left)));
  }
  return timings;
}
