/** What a bench found, as it is printed and written. */

/** One size of cluster in its everyday life, or the same without XState. */
export interface EngineFigures {
  readonly nodes: number;
  readonly nodeTimeoutMs: number;
  /** Simulated seconds in one second of the processor; the median, and the best round. */
  readonly speed: number;
  readonly bestSpeed: number;
  readonly eventsPerSecond: number;
  readonly microsecondsPerEvent: number;
  /** Events of a simulated second. */
  readonly eventsPerSimulatedSecond: number;
  /** How many times as long as without XState; the median of the rounds. */
  readonly ratio: number;
}

/** More nodes than a cluster is made for, and few enough to be measured. */
export const VAST = 1_000;

/** What the engine is measured with: a cluster in its everyday life. */
export interface EngineScene {
  readonly nodes: number;
  readonly nodeTimeoutMs: number;
  /** With its statecharts, or the same rules without XState. */
  readonly isCharted: boolean;
}

export type EngineRound = Pick<
  EngineFigures,
  'speed' | 'eventsPerSecond' | 'eventsPerSimulatedSecond'
>;

export interface HistoryFigures {
  readonly nodes: number;
  readonly nodeTimeoutMs: number;
  readonly simulatedSeconds: number;
  readonly events: number;
  readonly seeks: number;
  readonly medianSeekMs: number;
  readonly p99SeekMs: number;
  /** Of the processor, which others may want as well; clearing up in the background counts. */
  readonly p99SeekCpuMs: number;
  readonly longestSeekMs: number;
  readonly failures: number;
  /** Places that had another hash the second time. */
  readonly differences: number;
  readonly megabytes: number;
  readonly bytesPerSimulatedSecond: number;
  readonly recordedInSeconds: number;
}

export interface PageFigures {
  readonly scene: string;
  readonly messages: number;
  readonly framesPerSecond: number;
  readonly p95FrameMs: number;
  readonly scriptMsPerFrame: number;
  readonly mainThreadMsPerFrame: number;
}

export interface LoadFigures {
  readonly page: string;
  /** The processor slowed this many times. */
  readonly slowed: number;
  readonly firstPictureMs: number;
  /** Gzipped: what had come before the first picture, and what came after it. */
  readonly scriptKilobytes: number;
  readonly laterScriptKilobytes: number;
  readonly requestsElsewhere: number;
}

export interface BenchResults {
  /** The day, such as 2026-11-22, and how long all of it took. */
  readonly date: string;
  readonly minutes: number;
  readonly nodeVersion: string;
  /** Such as `AMD EPYC, Linux`. */
  readonly machine: string;
  readonly processors: number;
  readonly rounds: number;
  readonly engine: readonly EngineFigures[];
  readonly history: readonly HistoryFigures[];
  readonly page: readonly PageFigures[];
  readonly load: readonly LoadFigures[];
}

/** The value in the middle; of an even number of values the lower of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
