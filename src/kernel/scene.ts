/**
 * A scene: all that a run starts from. Plain data, the same in a lesson file, a link and a command
 * line.
 */
import type { TeachingSwitch } from '../protocol/teaching-switches';
import type { NodeName } from '../protocol/ids';
import type { NodeLog } from '../node-log/node-log';
import type { TimedInput } from './inputs';

export interface Scene {
  readonly masters: number;
  readonly replicasPerMaster: number;
  /** Processes that run and know nobody, for redis-cli --cluster add-node; none unless given. */
  readonly spareNodes?: number;
  /**
   * The ports of the nodes that make the cluster, in the order redis-cli is given them; 8901, 8902
   * and so on unless given.
   */
  readonly ports?: readonly number[];
  readonly nodeTimeoutMs: number;
  readonly seed: number;
  /**
   * `create`: at 0 s redis-cli makes the cluster; `empty`: the processes run and know nobody.
   */
  readonly start: 'create' | 'empty';
  /** Latency of one hop on the bus, drawn anew for each message, in milliseconds. */
  readonly latencyMs: { readonly min: number; readonly max: number };
  readonly inputs: readonly TimedInput[];
  /** Rules of Redis that this cluster does without, for teaching; none unless given. */
  readonly switches?: readonly TeachingSwitch[];
  /** What one node wrote down: nothing is computed, its log is read. None unless given. */
  readonly log?: NodeLog;
  /** What real processes did: nothing is computed, it is played. None unless given. */
  readonly recording?: SceneRecording;
  /** Containers behind one host; unless given, all processes share one address. */
  readonly network?: SceneNetwork;
  /** Who starts with a copy of whose nodes.conf, and so with its id; nobody unless given. */
  readonly copies?: Readonly<Record<NodeName, NodeName>>;
}

/** A recording in one file. */
export interface SceneRecording {
  readonly name: string;
  readonly base64: string;
}

export interface SceneNetwork {
  readonly hostIp: string;
  readonly bridgeIp: string;
  /** The first node's; those of the others follow. */
  readonly firstContainerIp: string;
  readonly publishedPorts: readonly number[];
  /** The clients on other machines. */
  readonly outside: readonly string[];
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

type Topology = Pick<Scene, 'masters' | 'replicasPerMaster' | 'spareNodes' | 'ports'>;

/** The names of a scene's nodes, masters first, spare ones last: 8901, 8902, … */
export function nodeNames(scene: Topology): string[] {
  const created = createdNames(scene);
  const firstSpare = Math.max(FIRST_PORT - 1, ...created.map(Number)) + 1;
  return [...created, ...namesFrom(firstSpare, scene.spareNodes ?? 0)];
}

/** The nodes that make the cluster at 0 s: all but the spare ones. */
export const createdNames = (scene: Topology): string[] =>
  scene.ports?.map(String) ?? namesFrom(FIRST_PORT, createdCount(scene));

/** How many nodes make the cluster at 0 s. */
export const createdCount = ({ masters, replicasPerMaster }: Topology): number =>
  masters * (1 + replicasPerMaster);

/** Where a node stands in the order in which the cluster is made, and spare ones after it. */
export function orderOf(scene: Topology, name: string): number {
  if (!scene.ports) return Number(name) - FIRST_PORT;
  const port = Number(name);
  const created = scene.ports.indexOf(port);
  return created >= 0 ? created : port - Math.max(...scene.ports) - 1 + scene.ports.length;
}

const namesFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(first + i));

/** The port of the next process, if these are taken. */
export function nextFreePort(names: readonly string[]): string {
  return String(Math.max(FIRST_PORT - 1, ...names.map(Number)) + 1);
}
