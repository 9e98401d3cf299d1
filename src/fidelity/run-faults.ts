/** Measures every fault at every timeout in both worlds. */
import { FAULTS, type Fault, type Timing } from './faults';
import { measureOneCluster, measuredShape } from './measure';
import { runInLanes } from './pool';
import { RealCluster } from './real/real-cluster';
import type { Programs } from './real/redis-cli';
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
  const { programs, runs, seeds, lanes, say } = plan;
  const slowFirst = [...plan.timeoutsMs].sort((a, b) => b - a);
  const cases = slowFirst.flatMap((nodeTimeoutMs) =>
    FAULTS.map((fault) => ({ fault, nodeTimeoutMs })),
  );
  const simulated: Timing[][] = [];
  for (const { fault, nodeTimeoutMs } of cases) {
    simulated.push(await simulate(fault, nodeTimeoutMs, seeds));
    say(`${fault} at ${nodeTimeoutMs} ms: ${seeds} simulated runs`);
  }
  const jobs = cases.map(({ fault, nodeTimeoutMs }) => async () => {
    const cluster = new RealCluster(measuredShape(fault, nodeTimeoutMs, 0), programs);
    return measureOneCluster(cluster, fault, runs, (timing, run) =>
      say(`${fault} at ${nodeTimeoutMs} ms: real run ${run + 1}/${runs}, won ${timing.won} ms`),
    );
  });
  const real = await runInLanes(jobs, lanes);
  return cases
    .map((one, i): FaultResult => ({ ...one, real: real[i]!, simulated: simulated[i]! }))
    .sort((a, b) => a.nodeTimeoutMs - b.nodeTimeoutMs);
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
