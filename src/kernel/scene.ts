/**
 * A scene: all that a run starts from. Plain data, the same in a lesson file, a link and a command
 * line.
 */
import type { TimedInput } from './inputs';

export interface Scene {
  readonly masters: number;
  readonly replicasPerMaster: number;
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

/** The names of a scene's nodes, masters first: 8901, 8902, … */
export function nodeNames(scene: Pick<Scene, 'masters' | 'replicasPerMaster'>): string[] {
  const count = scene.masters * (1 + scene.replicasPerMaster);
  return Array.from({ length: count }, (_, i) => String(FIRST_PORT + i));
}
