/** A cluster that was there before the bridge: looked at, and led through it if wanted. */
import { parseClusterNodes, type NodesLine } from '../../protocol/slots/nodes-text';
import type { Reply } from '../../protocol/reply';
import { freePorts } from '../../real-redis/ports';
import { LogTail } from '../../real-redis/log-tail';
import { RedisConnection, askOnce } from '../../real-redis/redis-client';
import { senderOfFrame } from '../../real-redis/who-dialled';
import type { WireFault, WireNode } from '../wire';
import { READING_COMMANDS } from './allowed-commands';
import type { BridgeCluster, Capabilities } from './bridge-cluster';
import { BusDetour } from './bus-detour';
import { Complaint, Refusal, reasonOf } from './complaint';
import type { FaultRequest } from './faults';
import type { Journal } from './journal';
import { Network } from './network';
import { Observers } from './observers';
import type { RunClock } from './run-clock';

export interface AttachSettings {
  readonly host: string;
  readonly port: number;
  readonly proxied: boolean;
  readonly logs: ReadonlyMap<number, string>;
}

interface Member {
  readonly number: number;
  readonly line: NodesLine;
  readonly host: string;
  isThere: boolean;
}

/** Redis' own default, where a cluster does not say. */
const DEFAULT_TIMEOUT_MS = 15_000;
const isLoopback = (host: string): boolean => /^(127\.|::1$|localhost$)/.test(host);

export class AttachedCluster implements BridgeCluster {
  readonly label: string;
  redisVersion = '';
  nodeTimeoutMs = DEFAULT_TIMEOUT_MS;
  readonly capabilities: Capabilities;
  readonly commands = READING_COMMANDS;
  readonly keptFolder = null;
  private readonly settings: AttachSettings;
  private readonly journal: Journal;
  private readonly clock: RunClock;
  private readonly network: Network;
  private readonly observers: Observers;
  private readonly tails: LogTail[] = [];
  private detour: BusDetour | null = null;
  private members: Member[] = [];

  constructor(settings: AttachSettings, journal: Journal, clock: RunClock) {
    const { host, port, proxied, logs } = settings;
    this.settings = settings;
    this.label = `the cluster at ${host}:${port}`;
    const own = { processes: false, logs: logs.size > 0 };
    this.capabilities = { frames: proxied, faults: proxied, ...own };
    this.journal = journal;
    this.clock = clock;
    this.network = new Network(journal, clock);
    this.observers = new Observers(journal, clock);
  }

  async start(): Promise<void> {
    const { host, port, proxied } = this.settings;
    const info = this.must(await askOnce(port, ['INFO', 'server'], host));
    this.redisVersion = /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown';
    const lines = parseClusterNodes(this.must(await askOnce(port, ['CLUSTER', 'NODES'], host)));
    const timeout = await askOnce(port, ['CONFIG', 'GET', 'cluster-node-timeout'], host);
    if (timeout.type === 'array' && timeout.items[1]?.type === 'bulk') {
      this.nodeTimeoutMs = Number(timeout.items[1].text);
    }
    const met = lines.filter(({ port: known }) => known > 0).sort((a, b) => a.port - b.port);
    this.members = met.map((line, i) => ({
      ...{ number: i + 1, line, isThere: true },
      host: line.ip === '' ? host : line.ip,
    }));
    for (const member of this.members) this.observe(member);
    await this.observers.pollAll();
    if (proxied) await this.leadThroughHere();
  }

  private observe(member: Member): void {
    const { number, host, line } = member;
    const tail = this.tailOf(line.port);
    this.observers.add({
      ...{ number, host, port: line.port, mayAnswer: () => true },
      takeLog: () => tail?.take().map((one) => ({ ...one, atMs: inUtcMs(one.atMs) })) ?? [],
      printed: (nodes) => this.noteWhetherThere(member, nodes !== null),
    });
  }

  private tailOf(port: number): LogTail | null {
    const path = this.settings.logs.get(port);
    if (path === undefined) return null;
    const tail = new LogTail(path);
    try {
      tail.skipToEnd();
    } catch (error) {
      throw new Complaint(`The log ${path} of node ${port} cannot be read: ${reasonOf(error)}.`);
    }
    this.tails.push(tail);
    return tail;
  }

  private noteWhetherThere(member: Member, isThere: boolean): void {
    if (member.isThere === isThere) return;
    member.isThere = isThere;
    const atMs = this.clock.nowMs();
    const event = isThere ? 'start' : 'exit';
    const why = isThere ? '' : 'it does not answer';
    this.journal.tell(atMs, { t: 'proc', atMs, node: member.number, event, pid: null, why });
    this.journal.tell(atMs, { t: 'nodes', atMs, nodes: this.nodes() });
    // A dead node's proxy refuses as its own port would; a node that is back is dialled again.
    if (this.detour && !isThere) void this.network.mirrorDeath(member.number);
    else if (this.detour) void this.openProxy(member, member.line.busPort).catch(() => undefined);
  }

  private async leadThroughHere(): Promise<void> {
    const far = this.members.find(({ host }) => !isLoopback(host));
    if (far) {
      throw new Complaint(`--proxy is for nodes on this machine; one of these is at ${far.host}.`);
    }
    const detour = new BusDetour();
    this.detour = detour;
    const ports = await freePorts(this.members.length, false);
    for (const [i, member] of this.members.entries()) {
      const announced = ports[i]!.bus;
      this.announced.set(member.number, announced);
      await this.openProxy(member, member.line.busPort);
      await detour.lead(member.line.port, member.line.busPort, announced);
    }
  }
  private readonly announced = new Map<number, number>();

  private openProxy({ number: acceptor }: Member, listens: number): Promise<void> {
    return this.network.open({
      ...{ acceptor, announced: this.announced.get(acceptor)!, listens, carries: 'messages' },
      identify: senderOfFrame(
        (id) => this.members.find((one) => one.line.id === id)?.number ?? null,
      ),
    });
  }

  nodes(): WireNode[] {
    return this.members.map(({ number, line, isThere }) => ({
      ...{ number, id: line.id, port: line.port, listensPort: line.port, pid: null },
      busPort: this.announced.get(number) ?? line.busPort,
      listensBusPort: line.busPort,
      state: isThere ? 'running' : 'dead',
      untilMs: null,
    }));
  }

  connect(node: number): RedisConnection {
    const member = this.members[node - 1];
    if (member) return new RedisConnection(member.line.port, member.host);
    const known = `1 to ${this.members.length}`;
    throw new Refusal('unknown', `there is no node ${node}; expected ${known}`);
  }

  faults(): WireFault[] {
    return this.network.faults.list();
  }
  setFault(request: FaultRequest): number | null {
    return this.network.setFault(request);
  }
  healFaults(fault: number | null): void {
    this.network.faults.heal(fault);
  }
  releaseFault(fault: number, frames: readonly number[] | null): void {
    this.network.release(fault, frames);
  }

  signal(): Promise<void> {
    return Promise.reject(new Refusal('refused', 'these processes are not the bridge’s own'));
  }
  startNode(): Promise<void> {
    return this.signal();
  }

  async end(): Promise<void> {
    this.network.faults.heal(null);
    await this.detour?.end();
    this.observers.end();
    for (const tail of this.tails) tail.end();
    await this.network.end();
  }

  private must(reply: Reply): string {
    if (reply.type === 'bulk') return reply.text;
    const why = reply.type === 'error' ? reply.text : `it answered with ${reply.type}`;
    const { host, port } = this.settings;
    throw new Complaint(`The node at ${host}:${port} cannot be watched: ${why}`);
  }
}

/** A log has local time; on this machine, its zone is ours. */
const inUtcMs = (asIfUtcMs: number): number =>
  asIfUtcMs + new Date(asIfUtcMs).getTimezoneOffset() * 60_000;
