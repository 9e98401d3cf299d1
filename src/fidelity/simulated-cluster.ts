/** A simulated world, played as if it were a cluster of processes. */
import { CLUSTER_PORT_INCR } from '../protocol/config';
import type { Input } from '../kernel/inputs';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE, nodeNames, type Scene } from '../kernel/scene';
import { step, type StepRecord } from '../kernel/step';
import { act, createWorld, type World } from '../kernel/world';
import type { ClusterState } from '../protocol/cluster-state';
import { printClusterInfo, printClusterNodes } from '../protocol/commands/cluster-texts';
import type {
  Cluster,
  ClusterShape,
  CommandOptions,
  NodeName,
  Pair,
  PendingReply,
} from './cluster';
import type { LogLine } from './log-lines';
import { Names } from './names';
import { ownMasterId } from './tables';

/** One hop on loopback. */
const LOOPBACK_MS = { min: 0, max: 1 };
const REPLY_LIMIT_MS = 120_000;
const TOOL_LIMIT_MS = 120_000;

export class SimulatedCluster implements Cluster {
  readonly world = 'simulated';
  readonly shape: ClusterShape;
  readonly names: Names;
  private readonly processes: readonly NodeName[];
  private now: World;
  private clockMs = 0;
  private lines: LogLine[] = [];
  /** What redis-cli has printed, and whether it has ended. */
  private printed = '';
  private toolHasEnded = false;
  private readonly replies = new Map<string, string[]>();
  private readonly asked = new Map<string, number>();

  constructor(shape: ClusterShape) {
    this.shape = shape;
    const scene: Scene = {
      ...DEFAULT_SCENE,
      masters: shape.masters,
      replicasPerMaster: shape.replicasPerMaster,
      nodeTimeoutMs: shape.nodeTimeoutMs,
      seed: shape.seed,
      start: shape.start,
      latencyMs: LOOPBACK_MS,
    };
    this.processes = nodeNames(scene);
    this.now = createWorld(scene);
    this.names = new Names(
      this.processes.map((port) => ({
        client: [Number(port)],
        bus: [Number(port) + CLUSTER_PORT_INCR],
      })),
    );
    for (const process of this.processes.keys()) {
      this.names.learnId(this.stateOfProcess(process).myId, process);
    }
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  create(): Promise<readonly string[]> {
    const printed = this.toEndOfTool('create');
    const tables = this.processes.map((_, process) =>
      printClusterNodes(this.stateOfProcess(process)),
    );
    this.names.orderReplicas(this.shape.masters, tables.map(ownMasterId));
    return Promise.resolve(printed.map((line) => this.names.say(line)));
  }

  tool(argv: readonly string[]): Promise<readonly string[]> {
    this.act({
      type: 'redis-cli',
      argv: ['--cluster', ...argv.map((word) => this.names.unsay(word))],
      answers: [],
    });
    const printed = this.toEndOfTool(argv[0] ?? '');
    return Promise.resolve(printed.map((line) => this.names.say(line)));
  }

  /** Plays until the newest run of redis-cli has ended; returns what it printed. */
  private toEndOfTool(what: string): string[] {
    const hasEnded = (): boolean => this.toolHasEnded;
    this.runUntil(`the end of redis-cli ${what}`, hasEnded, TOOL_LIMIT_MS);
    const printed = this.printed;
    this.printed = '';
    this.toolHasEnded = false;
    return printed.split('\n');
  }

  begin(node: NodeName, argv: readonly string[], options: CommandOptions = {}): PendingReply {
    const client = options.client ?? this.idleClient();
    const place = this.asked.get(client) ?? 0;
    this.asked.set(client, place + 1);
    this.act({
      type: 'command',
      client,
      node: this.processes[this.names.process(node)]!,
      argv: argv.map((word) => this.names.unsay(word)),
      follow: options.follow ?? false,
    });
    const answered = (): string | undefined => this.replies.get(client)?.[place];
    return {
      reply: () => {
        const what = `a reply to ${argv.join(' ')}`;
        this.runUntil(what, () => answered() !== undefined, REPLY_LIMIT_MS);
        return Promise.resolve(this.names.say(answered()!));
      },
    };
  }

  /** A client that waits for nothing; a world remembers every client it has ever met. */
  private idleClient(): string {
    for (let i = 1; ; i++) {
      const client = `cli-${i}`;
      const answered = this.replies.get(client)?.length ?? 0;
      if ((this.asked.get(client) ?? 0) === answered) return client;
    }
  }

  kill(node: NodeName): Promise<void> {
    return this.actOn('kill', node);
  }

  restart(node: NodeName): Promise<void> {
    return this.actOn('restart', node);
  }

  stop(node: NodeName): Promise<void> {
    return this.actOn('freeze', node);
  }

  cont(node: NodeName): Promise<void> {
    return this.actOn('wake', node);
  }

  hold(pairs: readonly Pair[]): Promise<void> {
    return this.onLinks('hold', pairs);
  }

  release(): Promise<void> {
    return this.heal();
  }

  cut(pairs: readonly Pair[]): Promise<void> {
    return this.onLinks('cut', pairs);
  }

  heal(): Promise<void> {
    this.act({ type: 'heal-all' });
    return Promise.resolve();
  }

  nowMs(): number {
    return this.clockMs;
  }

  pass(durationMs: number): Promise<void> {
    this.clockMs += durationMs;
    this.now = runUntilTime(this.now, this.clockMs, (record, world) => this.hear(record, world));
    return Promise.resolve();
  }

  nodesText(node: NodeName): Promise<string> {
    return Promise.resolve(printClusterNodes(this.stateOf(node)));
  }

  infoText(node: NodeName): Promise<string> {
    return Promise.resolve(printClusterInfo(this.stateOf(node)));
  }

  logLines(): readonly LogLine[] {
    return this.lines.map((line) => ({
      ...line,
      node: this.names.nameOf(this.processes.indexOf(line.node)),
      text: this.names.say(line.text),
    }));
  }

  forgetLog(): void {
    this.lines = [];
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  private stateOf(node: NodeName): ClusterState {
    return this.stateOfProcess(this.names.process(node));
  }

  private stateOfProcess(process: number): ClusterState {
    return this.now.nodes.get(this.processes[process]!)!.context;
  }

  private actOn(type: 'kill' | 'restart' | 'freeze' | 'wake', node: NodeName): Promise<void> {
    this.act({ type, node: this.processes[this.names.process(node)]! });
    // What was asked for has happened when the script goes on, as with a real signal.
    return this.pass(1);
  }

  private onLinks(type: 'hold' | 'cut', pairs: readonly Pair[]): Promise<void> {
    const process = (name: NodeName): NodeName => this.processes[this.names.process(name)]!;
    for (const [a, b] of pairs) {
      this.act({ type, from: process(a), to: process(b), oneWay: false });
    }
    return Promise.resolve();
  }

  private act(input: Input): void {
    this.now = act(this.now, input, this.clockMs);
  }

  private runUntil(what: string, holds: () => boolean, limitMs: number): void {
    const deadlineMs = this.clockMs + limitMs;
    while (!holds()) {
      const next = step(this.now);
      if (!next || next[1].atMs > deadlineMs) {
        throw new Error(`simulated: ${what} did not come within ${limitMs} ms`);
      }
      this.now = next[0];
      this.clockMs = Math.max(this.clockMs, this.now.nowMs);
      this.hear(next[1], this.now);
    }
  }

  private hear({ atMs, notes }: StepRecord, world: World): void {
    for (const note of notes) {
      if (note.event === 'log') {
        const { node, level, text } = note;
        this.lines.push({ atMs, node, level, text });
      } else if (note.event === 'cli') {
        this.printed += note.ends ? `${note.text}\n` : note.text;
      } else if (note.event === 'cli.exit') {
        this.toolHasEnded = true;
      } else if (note.event === 'reply') {
        this.hearReply(note.client, note.text, world);
      }
    }
  }

  /** With -c, a redirect is not yet the answer. */
  private hearReply(client: string, text: string, world: World): void {
    if (world.clients[client]?.value !== 'idle') return;
    const replies = this.replies.get(client) ?? [];
    replies.push(text);
    this.replies.set(client, replies);
  }
}
