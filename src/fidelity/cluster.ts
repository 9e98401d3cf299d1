/**
 * A cluster to run a script against: real redis-server processes, or a simulated world. Scripts
 * know this interface and nothing behind it, so the same words are spoken to both.
 */
import type { LogLine } from './log-lines';
import type { Names } from './names';

/** `8901`, `8902`, …: masters first, replicas in the order of their masters. */
export type NodeName = string;

export interface ClusterShape {
  readonly masters: number;
  readonly replicasPerMaster: number;
  readonly nodeTimeoutMs: number;
  /** Whether nodes talk through proxies, which `hold` and `cut` need. */
  readonly proxied: boolean;
  /** `create`: redis-cli makes the cluster; `empty`: the processes run and know nobody. */
  readonly start: 'create' | 'empty';
  /** What a simulation draws from; real processes have luck of their own. */
  readonly seed: number;
}

export interface CommandOptions {
  /** Follow MOVED and ASK, as `redis-cli -c` does. */
  readonly follow?: boolean;
  /** Keep one connection under this name; without one each command has its own. */
  readonly client?: string;
}

export interface PendingReply {
  /** Waits for the reply, as redis-cli prints it. */
  reply(): Promise<string>;
}

export type Pair = readonly [NodeName, NodeName];

export interface Cluster {
  readonly world: 'real' | 'simulated';
  readonly shape: ClusterShape;
  readonly names: Names;

  /** Starts the processes; nobody knows anybody. */
  start(): Promise<void>;
  /** `redis-cli --cluster create`, once, if the shape says so; returns what it printed. */
  create(): Promise<readonly string[]>;
  /** `redis-cli --cluster …` with names for addresses and ids; returns what it printed. */
  tool(argv: readonly string[]): Promise<readonly string[]>;

  /** Sends a command and does not wait. */
  begin(node: NodeName, argv: readonly string[], options?: CommandOptions): PendingReply;

  kill(node: NodeName): Promise<void>;
  restart(node: NodeName): Promise<void>;
  stop(node: NodeName): Promise<void>;
  cont(node: NodeName): Promise<void>;

  /** Nothing passes between these nodes, either way, and nothing is lost: it arrives on release. */
  hold(pairs: readonly Pair[]): Promise<void>;
  release(): Promise<void>;
  /** As `hold`, but connections that had something to carry are reset by `heal`. */
  cut(pairs: readonly Pair[]): Promise<void>;
  heal(): Promise<void>;

  /** Milliseconds on the clock of the log lines. */
  nowMs(): number;
  pass(durationMs: number): Promise<void>;

  /** CLUSTER NODES and CLUSTER INFO of a running node, as it prints them. */
  nodesText(node: NodeName): Promise<string>;
  infoText(node: NodeName): Promise<string>;
  /** What was logged, oldest first, with the names of this interface. */
  logLines(): readonly LogLine[];
  /** Forgets what was logged until now. */
  forgetLog(): void;

  /** Ends every process and removes every file. */
  end(): Promise<void>;
}

/** The names of a cluster of this shape. */
export function nodeNamesOf(shape: Pick<ClusterShape, 'masters' | 'replicasPerMaster'>): string[] {
  const count = shape.masters * (1 + shape.replicasPerMaster);
  return Array.from({ length: count }, (_, i) => String(8_901 + i));
}

/** A command and its reply. */
export async function command(
  cluster: Cluster,
  node: NodeName,
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return cluster.begin(node, argv, options).reply();
}

/** Generous: a loaded machine is slow, and most of what is waited for is not measured. */
const LIMIT_MS = 80_000;
const LIMIT_TIMEOUTS = 20;
const LOOK_EVERY_MS = 100;

/** Looks every `everyMs` until `holds`; throws when that takes more than `limitMs`. */
export async function until(
  cluster: Cluster,
  what: string,
  holds: () => Promise<boolean> | boolean,
  options: { readonly limitMs?: number; readonly everyMs?: number } = {},
): Promise<void> {
  const usualMs = LIMIT_MS + LIMIT_TIMEOUTS * cluster.shape.nodeTimeoutMs;
  const { limitMs = usualMs, everyMs = LOOK_EVERY_MS } = options;
  const deadlineMs = cluster.nowMs() + limitMs;
  while (!(await holds())) {
    if (cluster.nowMs() > deadlineMs) {
      throw new Error(`${cluster.world}: ${what} did not happen within ${limitMs} ms`);
    }
    await cluster.pass(everyMs);
  }
}
