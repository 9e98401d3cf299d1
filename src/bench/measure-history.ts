/** How long it takes to get to any moment of a recorded run, and how much room the run takes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_SCENE, type Scene } from '../kernel/scene';
import { draw } from '../protocol/draw';
import { SimulatedSource } from '../timeline/simulated-source';
import { median, quantile, type HistoryFigures } from './results';

interface Run {
  readonly scene: Scene;
  readonly simulatedSeconds: number;
}

const SEEKS = 250;
const HASHED = 20;
const COLLECTIONS = 3;
/** A node dies here. */
const KILL = { atMs: 60_000, input: { type: 'kill', node: '8901' } } as const;
const sceneOf = (nodes: number, nodeTimeoutMs: number): Scene => ({
  ...DEFAULT_SCENE,
  masters: nodes / 2,
  nodeTimeoutMs,
  inputs: [KILL],
});

const RUNS: readonly Run[] = [
  { scene: sceneOf(6, 15_000), simulatedSeconds: 600 },
  { scene: sceneOf(6, 5_000), simulatedSeconds: 600 },
  { scene: sceneOf(100, 15_000), simulatedSeconds: 120 },
];

/** Records each run, then goes to moments all over it and to the same moments again. */
export function measureHistory(
  { quick, rounds }: { readonly quick: boolean; readonly rounds: number },
  say: (sentence: string) => void,
): HistoryFigures[] {
  const runs = quick ? RUNS.slice(0, 1) : RUNS;
  const figures = runs.map((): HistoryFigures[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of runs.entries()) {
      say(`history: ${run.scene.masters * 2} nodes, ${run.simulatedSeconds} s, round ${round + 1}`);
      figures[i]!.push(measure(run, round));
    }
  }
  return figures.map(inTheMiddle);
}

function measure({ scene, simulatedSeconds }: Run, round: number): HistoryFigures {
  const emptyBytes = usedBytes();
  const fromMs = performance.now();
  const source = new SimulatedSource(scene);
  for (let second = 1; second <= simulatedSeconds; second++) source.seekTime(second * 1_000);
  const recordedInSeconds = (performance.now() - fromMs) / 1_000;
  const events = source.world.steps;
  const { times, cpuTimes, failures } = seekAround(source, simulatedSeconds * 1_000, round);
  // After the seeks: to weigh all, all that was compiled is thrown away, and no page does that.
  const bytes = usedBytes() - emptyBytes;
  return {
    nodes: scene.masters * 2,
    nodeTimeoutMs: scene.nodeTimeoutMs,
    simulatedSeconds,
    events,
    seeks: SEEKS,
    medianSeekMs: median(times),
    p99SeekMs: quantile(times, 0.99),
    p99SeekCpuMs: quantile(cpuTimes, 0.99),
    longestSeekMs: Math.max(...times),
    failures,
    differences: countDifferences(source, simulatedSeconds * 1_000, round),
    megabytes: bytes / 1e6,
    bytesPerSimulatedSecond: bytes / simulatedSeconds,
    recordedInSeconds,
  };
}

const place = (untilMs: number, round: number, i: number): number =>
  Math.floor(draw(1, round, i) * untilMs);

/** To the world of a moment drawn by lot, again and again. */
function seekAround(source: SimulatedSource, untilMs: number, round: number) {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  let failures = 0;
  for (let i = 0; i < SEEKS; i++) {
    const atMs = place(untilMs, round, i);
    const fromMs = performance.now();
    const fromCpuMs = cpuMs();
    source.seekTime(atMs);
    const { world } = source;
    times.push(performance.now() - fromMs);
    cpuTimes.push(cpuMs() - fromCpuMs);
    if (world.nowMs > atMs || source.cursor.atMs !== atMs) failures++;
  }
  return { times, cpuTimes, failures };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The same places in another order have the same hashes. */
function countDifferences(source: SimulatedSource, untilMs: number, round: number): number {
  const places = Array.from({ length: HASHED }, (_, i) => place(untilMs, round, i));
  const hashAt = (atMs: number): string => {
    source.seekTime(atMs);
    return source.hash();
  };
  const there = places.map(hashAt);
  const back = [...places].reverse().map(hashAt).reverse();
  return there.filter((hash, i) => hash !== back[i]).length;
}

function inTheMiddle(rounds: readonly HistoryFigures[]): HistoryFigures {
  const middle = (read: (one: HistoryFigures) => number): number => median(rounds.map(read));
  return {
    ...rounds[0]!,
    medianSeekMs: middle((one) => one.medianSeekMs),
    p99SeekMs: middle((one) => one.p99SeekMs),
    p99SeekCpuMs: middle((one) => one.p99SeekCpuMs),
    longestSeekMs: Math.max(...rounds.map((one) => one.longestSeekMs)),
    failures: Math.max(...rounds.map((one) => one.failures)),
    differences: Math.max(...rounds.map((one) => one.differences)),
    megabytes: middle((one) => one.megabytes),
    bytesPerSimulatedSecond: middle((one) => one.bytesPerSimulatedSecond),
    recordedInSeconds: middle((one) => one.recordedInSeconds),
  };
}

/** What is in use after the garbage has been collected. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What the engine looked at last, of a run before, it remembers until it looks elsewhere.
  new SimulatedSource(DEFAULT_SCENE).seekTime(1_000);
  // Room outside the heap is given back by and by: the next collection waits for that.
  for (let times = 0; times < COLLECTIONS; times++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
