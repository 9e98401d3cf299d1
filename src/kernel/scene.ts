/**
 * A scene: all that a run starts from. Plain data, the same in a lesson file, a link and a command
 * line.
 */
import type { TimedInput } from './inputs';

export interface Scene {
  readonly masters: number;
  readonly replicasPerMaster: number;
  /** Processes that run and know nobody, for redis-cli --cluster add-node; none unless given. */
  readonly spareNodes?: number;
  readonly nodeTimeoutMs: number;
  readonly seed: number;
  /**
   * `create`: at 0 s redis-cli makes the cluster; `empty`: the processes run and know nobody.
   */
  readonly start: 'create' | 'empty';
  /** Latency of one hop on the bus, drawn anew for each message, in milliseconds. */
  readonly latencyMs: { readonly min: number; readonly max: number };
  readonly inputs: readonly TimedInput[];
}

export const DEFAULT_SCENE: Scene = {
  masters: 3,
  replicasPerMaster: 1,
  nodeTimeoutMs: 5_000,
  seed: 1,
  start: 'create',
  latencyMs: { min: 40, max: 120 },
  inputs: [],
};

/** First client port of a scene; nodes are numbered upwards, masters first. */
export const FIRST_PORT = 8_901;

type Topology = Pick<Scene, 'masters' | 'replicasPerMaster' | 'spareNodes'>;

/** The names of a scene's nodes, masters first, spare ones last: 8901, 8902, … */
export function nodeNames(scene: Topology): string[] {
  return [...createdNames(scene), ...namesFrom(createdCount(scene), scene.spareNodes ?? 0)];
}

/** The nodes that make the cluster at 0 s: all but the spare ones. */
export const createdNames = (scene: Topology): string[] => namesFrom(0, createdCount(scene));

/** How many nodes make the cluster at 0 s. */
export const createdCount = ({ masters, replicasPerMaster }: Topology): number =>
  masters * (1 + replicasPerMaster);

const namesFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(FIRST_PORT + first + i));

/** The port of the next process, if these are taken. */
export function nextFreePort(names: readonly string[]): string {
  return String(Math.max(FIRST_PORT - 1, ...names.map(Number)) + 1);
}
