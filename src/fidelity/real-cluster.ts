/** Real redis-server processes, each in an empty folder, behind a proxy if asked. */
import { join } from 'node:path';
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
import { freePorts, type NodePorts } from '../real-redis/ports';
import { freshFolder, removeFolder } from '../real-redis/processes';
import { RedisClient, askOnce } from '../real-redis/redis-client';
import { runRedisCli, type Programs } from '../real-redis/redis-cli';
import { RedisProcess, StartError } from '../real-redis/redis-process';
import { PASS, type Verdict } from '../real-redis/proxy-flow';
import type { ProxyPort, ProxyWatch } from '../real-redis/proxy-port';
import { TcpProxy } from '../real-redis/tcp-proxy';
import { replicaByPort, senderOfFrame } from '../real-redis/who-dialled';

/** Somebody may take a port between our look and the start of the process. */
const START_TRIES = 5;

const NOTHING_STOPPED: { readonly ways: ReadonlySet<string>; readonly verdict: Verdict } = {
  ways: new Set(),
  verdict: PASS,
};

interface RawLine extends Omit<LogLine, 'node'> {
  readonly process: number;
  /** The text with names, once it has been needed. */
  said?: string;
}

export interface RealSettings {
  /** Lines for every redis.conf. */
  readonly settings?: readonly string[];
  /** Who looks on at what passes through the proxies. */
  readonly watch?: ProxyWatch;
}

export class RealCluster implements Cluster {
  readonly world = 'real';
  readonly shape: ClusterShape;
  names: Names = new Names([]);
  private readonly programs: Programs;
  private readonly settings: readonly string[];
  private processes: RedisProcess[] = [];
  private stopped = NOTHING_STOPPED;
  private readonly proxy: TcpProxy;
  private readonly clients = new Map<string, RedisClient>();
  private folder: string | null = null;
  private raw: RawLine[] = [];

  constructor(
    shape: ClusterShape,
    programs: Programs,
    { settings = [], watch }: RealSettings = {},
  ) {
    this.shape = shape;
    this.proxy = new TcpProxy({
      judge: (from, to) => (this.stopped.ways.has(`${from}>${to}`) ? this.stopped.verdict : PASS),
      ...(watch ? { watch } : {}),
    });
    this.programs = programs;
    this.settings = settings;
  }

  async start(): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        await this.tryStart();
        return;
      } catch (error) {
        const portWasTaken =
          error instanceof StartError || (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
        await this.end();
        if (!portWasTaken || tried === START_TRIES) throw error;
      }
    }
  }

  private async tryStart(): Promise<void> {
    const { masters, replicasPerMaster, proxied, nodeTimeoutMs } = this.shape;
    const ports = await freePorts(masters * (1 + replicasPerMaster), proxied);
    const folder = freshFolder('fidelity');
    this.folder = folder;
    const { redisServer } = this.programs;
    const settings = ['enable-debug-command local', ...this.settings];
    this.names = new Names(ports.map(namesOfPorts));
    this.processes = ports.map(
      (one, i) =>
        new RedisProcess({
          redisServer,
          folder: join(folder, `node-${i}`),
          ports: one,
          nodeTimeoutMs,
          settings,
        }),
    );
    for (const process of this.processes.keys()) await this.startProcess(process);
  }

  private async startProcess(process: number): Promise<void> {
    if (this.shape.proxied) {
      for (const port of this.proxyPorts(process)) await this.proxy.open(port);
    }
    const redis = this.processes[process]!;
    await redis.start();
    const reply = await askOnce(redis.ports.client, ['CLUSTER', 'MYID']);
    if (reply.type === 'bulk') this.names.learnId(reply.text, process);
  }

  private proxyPorts(process: number): ProxyPort[] {
    const { ports } = this.processes[process]!;
    const bus: ProxyPort = {
      acceptor: process,
      announced: ports.announcedBus,
      listens: ports.bus,
      identify: senderOfFrame((id) => this.names.processOfId(id)),
      carries: 'messages',
    };
    const client: ProxyPort = {
      acceptor: process,
      announced: ports.announcedClient,
      listens: ports.client,
      identify: replicaByPort((port) => this.names.processAt(port)),
      carries: 'stream',
    };
    return [bus, client];
  }

  async create(): Promise<readonly string[]> {
    const { masters, replicasPerMaster } = this.shape;
    const addresses = this.processes.map(({ ports }) => `127.0.0.1:${ports.announcedClient}`);
    const flags = ['--cluster-replicas', String(replicasPerMaster), '--cluster-yes'];
    const argv = ['--cluster', 'create', ...addresses, ...flags];
    const printed = await runRedisCli(this.programs.redisCli, argv);
    const tables = await Promise.all(this.names.all().map((name) => this.nodesText(name)));
    this.names.orderReplicas(masters, tables.map(ownMasterId));
    for (const line of this.raw) delete line.said;
    return printed.map((line) => this.names.say(line));
  }

  async tool(argv: readonly string[]): Promise<readonly string[]> {
    const words = ['--cluster', ...argv.map((word) => this.names.unsay(word))];
    const printed = await runRedisCli(this.programs.redisCli, words);
    return printed.map((line) => this.names.say(line));
  }

  begin(node: NodeName, argv: readonly string[], options: CommandOptions = {}): PendingReply {
    const { client: name, follow = false } = options;
    const client = name === undefined ? this.newClient() : this.keptClient(name);
    const port = this.processes[this.names.process(node)]!.ports.client;
    const words = argv.map((word) => this.names.unsay(word));
    const reply = client.run(port, words, follow).then((text) => {
      if (name === undefined) client.end();
      return this.names.say(text);
    });
    return { reply: () => reply };
  }

  private newClient(): RedisClient {
    return new RedisClient((announced) => {
      const process = this.names.processAt(announced);
      return process === null ? announced : this.processes[process]!.ports.client;
    });
  }

  private keptClient(name: string): RedisClient {
    const kept = this.clients.get(name) ?? this.newClient();
    this.clients.set(name, kept);
    return kept;
  }

  async kill(node: NodeName): Promise<void> {
    const process = this.names.process(node);
    const gone = this.processes[process]!.kill();
    await Promise.all([gone, this.proxy.mirrorDeath(process)]);
  }

  restart(node: NodeName): Promise<void> {
    return this.startProcess(this.names.process(node));
  }

  stop(node: NodeName): Promise<void> {
    this.processes[this.names.process(node)]!.signal('SIGSTOP');
    return Promise.resolve();
  }

  cont(node: NodeName): Promise<void> {
    this.processes[this.names.process(node)]!.signal('SIGCONT');
    return Promise.resolve();
  }

  hold(pairs: readonly Pair[]): Promise<void> {
    return this.stopPairs(pairs, { type: 'hold', overtakable: false });
  }

  private stopPairs(pairs: readonly Pair[], verdict: Verdict): Promise<void> {
    const process = (name: NodeName): number => this.names.process(name);
    const bothWays = pairs.flatMap(([a, b]) => [
      `${process(a)}>${process(b)}`,
      `${process(b)}>${process(a)}`,
    ]);
    return this.setStopped({ ways: new Set(bothWays), verdict });
  }

  release(): Promise<void> {
    return this.setStopped(NOTHING_STOPPED);
  }

  cut(pairs: readonly Pair[]): Promise<void> {
    return this.stopPairs(pairs, { type: 'cut' });
  }

  heal(): Promise<void> {
    return this.setStopped(NOTHING_STOPPED);
  }

  private setStopped(stopped: typeof NOTHING_STOPPED): Promise<void> {
    this.stopped = stopped;
    this.proxy.settle();
    return Promise.resolve();
  }

  nowMs(): number {
    return Date.now();
  }

  pass(durationMs: number): Promise<void> {
    return new Promise((done) => setTimeout(done, durationMs));
  }

  nodesText(node: NodeName): Promise<string> {
    return this.text(node, 'NODES');
  }

  infoText(node: NodeName): Promise<string> {
    return this.text(node, 'INFO');
  }

  private async text(node: NodeName, what: 'NODES' | 'INFO'): Promise<string> {
    const { client } = this.processes[this.names.process(node)]!.ports;
    const reply = await askOnce(client, ['CLUSTER', what]);
    return reply.type === 'bulk' ? reply.text : '';
  }

  logLines(): readonly LogLine[] {
    this.readLogs();
    return this.raw
      .map((line): LogLine => {
        line.said ??= this.names.say(line.text);
        return {
          atMs: line.atMs,
          node: this.names.nameOf(line.process),
          level: line.level,
          text: line.said,
        };
      })
      .sort((a, b) => a.atMs - b.atMs);
  }

  forgetLog(): void {
    this.readLogs();
    this.raw = [];
  }

  private readLogs(): void {
    for (const [process, redis] of this.processes.entries()) {
      for (const line of redis.takeLog()) this.raw.push({ ...line, process });
    }
  }

  async end(): Promise<void> {
    for (const client of this.clients.values()) client.end();
    this.clients.clear();
    await Promise.all(this.processes.map((redis) => redis.kill()));
    await this.proxy.end();
    if (this.folder !== null) removeFolder(this.folder);
    this.folder = null;
  }
}

function namesOfPorts(ports: NodePorts): { client: number[]; bus: number[] } {
  return {
    client: [ports.announcedClient, ports.client],
    bus: [ports.announcedBus, ports.bus],
  };
}
