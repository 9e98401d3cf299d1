/** What a run of the comparison found, as plain data. */
import type { ListVerdict } from './compare';
import { MEASURES, type Fault, type Measure, type Timing } from './faults';
import { holm, kolmogorovSmirnov, type KsResult } from '../beside/kolmogorov-smirnov';

export interface ScriptResult {
  readonly name: string;
  readonly what: string;
  /** One list of verdicts for each time the script was played on real processes. */
  readonly plays: readonly (readonly ListVerdict[])[];
}

export interface FaultResult {
  readonly fault: Fault;
  readonly nodeTimeoutMs: number;
  readonly real: readonly Timing[];
  readonly simulated: readonly Timing[];
}

export interface Results {
  readonly redisVersion: string;
  readonly nodeVersion: string;
  readonly processors: number;
  readonly scriptTimeoutMs: number;
  readonly simulatedPlays: number;
  readonly scripts: readonly ScriptResult[];
  readonly faults: readonly FaultResult[];
}

export interface Comparison extends KsResult {
  readonly fault: FaultResult;
  readonly measure: Measure;
  /** Beyond chance, all comparisons of the run taken together. */
  readonly isRejected: boolean;
}

/** Every measure of every fault, compared by the Kolmogorov-Smirnov test. */
export function compareFaults(faults: readonly FaultResult[]): Comparison[] {
  const tests = faults.flatMap((fault) =>
    MEASURES.map((measure) => ({
      fault,
      measure,
      ...kolmogorovSmirnov(valuesOf(fault.real, measure), valuesOf(fault.simulated, measure)),
    })),
  );
  const rejected = holm(tests.map(({ probability }) => probability));
  return tests.map((test, i) => ({ ...test, isRejected: rejected[i]! }));
}

export const valuesOf = (timings: readonly Timing[], measure: Measure): number[] =>
  timings.map((timing) => timing[measure]);

/** What nobody can explain, one sentence each; empty when all is well. */
export function unexplained(results: Results): string[] {
  const scripts = results.scripts.flatMap(({ name, plays }) =>
    plays.flatMap((verdicts) =>
      verdicts.flatMap(({ list, differences }) =>
        differences
          .filter(({ because }) => because === null)
          .map(({ line }) => `${name}, ${list}: only the ${line.side} side has "${line.text}"`),
      ),
    ),
  );
  const timings = compareFaults(results.faults)
    .filter(({ isRejected }) => isRejected)
    .map(
      ({ fault, measure, distance, criticalDistance }) =>
        `${fault.fault}, node timeout ${fault.nodeTimeoutMs} ms, ${measure}: the distributions are ` +
        `${distance.toFixed(2)} apart, one in twenty is ${criticalDistance.toFixed(2)} apart by chance`,
    );
  return [...new Set(scripts), ...timings];
}
