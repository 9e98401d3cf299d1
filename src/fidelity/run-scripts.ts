/** Plays scripts in both worlds and compares what they leave. */
import { compareTranscripts } from './compare';
import { play, shapeOf } from './play';
import { runInLanes } from './pool';
import { RealCluster } from './real-cluster';
import type { Programs } from '../real-redis/redis-cli';
import type { ScriptResult } from './results';
import type { Script } from './scripts/script';
import { SimulatedCluster } from './simulated-cluster';
import type { Transcript } from './transcript';

export interface ScriptPlan {
  readonly programs: Programs;
  readonly scripts: readonly Script[];
  readonly nodeTimeoutMs: number;
  /** How often each script is played on real processes, and in how many simulated worlds. */
  readonly realPlays: number;
  readonly simulatedPlays: number;
  readonly lanes: number;
  /** Simulate while the real processes run: quicker, but a proxy of ours would have to wait. */
  readonly atOnce: boolean;
  readonly say: (sentence: string) => void;
}

/** Every script of the plan, in its order. */
export async function runScripts(plan: ScriptPlan): Promise<ScriptResult[]> {
  const { scripts, realPlays, nodeTimeoutMs, programs, lanes, say } = plan;
  const simulating = simulateAll(plan);
  if (!plan.atOnce) await simulating;
  const jobs = scripts.flatMap((script) =>
    Array.from({ length: realPlays }, () => async () => {
      const shape = shapeOf(script, nodeTimeoutMs, 0);
      const transcript = await play(script, new RealCluster(shape, programs));
      say(`${script.name}: played on real processes`);
      return transcript;
    }),
  );
  const [real, simulated] = await Promise.all([runInLanes(jobs, lanes), simulating]);
  return scripts.map(({ name, what }, i) => ({
    name,
    what,
    plays: real
      .slice(i * realPlays, (i + 1) * realPlays)
      .map((transcript) => compareTranscripts(name, transcript, simulated[i]!)),
  }));
}

async function simulateAll(plan: ScriptPlan): Promise<Transcript[][]> {
  const simulated: Transcript[][] = [];
  for (const script of plan.scripts) simulated.push(await simulate(script, plan));
  return simulated;
}

async function simulate(script: Script, plan: ScriptPlan): Promise<Transcript[]> {
  const transcripts: Transcript[] = [];
  for (let seed = 1; seed <= plan.simulatedPlays; seed++) {
    const shape = shapeOf(script, plan.nodeTimeoutMs, seed);
    transcripts.push(await play(script, new SimulatedCluster(shape)));
    await new Promise(setImmediate);
  }
  plan.say(`${script.name}: played in ${plan.simulatedPlays} simulated worlds`);
  return transcripts;
}
