/** redis-server processes that are children of the bridge, and proxies between them. */
import { join } from 'node:path';
import type { Reply } from '../../protocol/reply';
import { freeRow, type NodePorts } from '../../real-redis/ports';
import { freshFolder, removeFolder } from '../../real-redis/processes';
import { RedisConnection, askOnce } from '../../real-redis/redis-client';
import { RedisProcess } from '../../real-redis/redis-process';
import type { DialledSocket, ProxyPort } from '../../real-redis/proxy-port';
import { replicaByPort, senderOfFrame } from '../../real-redis/who-dialled';
import { holderOf } from '../../real-redis/whose-socket';
import type { ServerMessageOf, WireDeed, WireFault, WireNode } from '../wire';
import { OWN_COMMANDS } from './allowed-commands';
import type { BridgeCluster } from './bridge-cluster';
import { Refusal } from './complaint';
import { createCluster } from './create-cluster';
import type { FaultRequest } from './faults';
import type { Journal } from './journal';
import { Network } from './network';
import { Observers } from './observers';
import { OwnNode } from './own-node';
import type { RunClock } from './run-clock';

export interface OwnSettings {
  readonly redisServer: string;
  readonly redisVersion: string;
  readonly masters: number;
  readonly replicasPerMaster: number;
  readonly nodeTimeoutMs: number;
  /** Whether the folders of the nodes stay when the bridge ends. */
  readonly keeps: boolean;
}

type By = 'page' | 'bridge';
type ProcEvent = ServerMessageOf<'proc'>['event'];

export class OwnCluster implements BridgeCluster {
  readonly label = 'processes of the bridge';
  readonly redisVersion: string;
  readonly nodeTimeoutMs: number;
  readonly capabilities = { frames: true, faults: true, processes: true, logs: true };
  readonly commands = OWN_COMMANDS;
  readonly keptFolder: string | null;
  private readonly folder: string;
  private readonly settings: OwnSettings;
  private readonly journal: Journal;
  private readonly clock: RunClock;
  private readonly network: Network;
  private readonly observers: Observers;
  private members: OwnNode[] = [];
  private isEnding = false;

  constructor(settings: OwnSettings, journal: Journal, clock: RunClock) {
    this.settings = settings;
    this.redisVersion = settings.redisVersion;
    this.nodeTimeoutMs = settings.nodeTimeoutMs;
    this.journal = journal;
    this.clock = clock;
    this.folder = freshFolder('bridge', { kept: settings.keeps });
    this.keptFolder = settings.keeps ? this.folder : null;
    this.network = new Network(journal, clock);
    this.observers = new Observers(journal, clock);
  }

  /** Starts the processes, one after the other, and makes a cluster of them. */
  async start(): Promise<void> {
    const { masters, replicasPerMaster } = this.settings;
    const ports = await freeRow(masters * (1 + replicasPerMaster));
    this.members = ports.map((one, i) => this.newMember(i + 1, one));
    for (const member of this.members) {
      await this.run(member);
      this.observe(member);
    }
    await createCluster({
      masters,
      nodes: this.members.map(({ number, id, ports: { announcedClient } }) => ({
        ...{ number, id, port: announcedClient },
      })),
      deed: (node, argv) => this.askAndTell(node, argv),
      look: (node, argv) => this.ask(node, argv),
    });
    await this.observers.pollAll();
  }

  private newMember(number: number, ports: NodePorts): OwnNode {
    const { redisServer, nodeTimeoutMs } = this.settings;
    const process = new RedisProcess({
      ...{ redisServer, nodeTimeoutMs, ports, settings: [] },
      folder: join(this.folder, String(ports.announcedClient)),
      died: (why) => void this.wentAway(this.member(number), why),
    });
    return new OwnNode(number, process);
  }

  private observe(member: OwnNode): void {
    this.observers.add({
      number: member.number,
      port: member.ports.client,
      mayAnswer: () => member.state === 'running',
      takeLog: () => member.process.takeLog(),
      printed: (nodes) => this.learnId(member, nodes),
    });
  }

  /** CLUSTER RESET HARD gives a node another id. */
  private learnId(member: OwnNode, nodes: string | null): void {
    const id = /^(\w{40}) \S+ \S*myself/m.exec(nodes ?? '')?.[1];
    if (id === undefined || id === member.id) return;
    member.id = id;
    this.tellNodes();
  }

  nodes(): WireNode[] {
    return this.members.map((member) => member.toWire());
  }

  connect(node: number): RedisConnection {
    return new RedisConnection(this.member(node).ports.client);
  }

  private ask(node: number, argv: readonly string[]): Promise<Reply> {
    return askOnce(this.member(node).ports.client, argv);
  }

  private async askAndTell(node: number, argv: readonly string[]): Promise<Reply> {
    const atMs = this.clock.nowMs();
    const deed: WireDeed = { type: 'command', node, argv: [...argv] };
    this.journal.tell(atMs, { t: 'event', atMs, by: 'bridge', deed });
    return this.ask(node, argv);
  }

  faults(): WireFault[] {
    return this.network.faults.list();
  }
  setFault(request: FaultRequest): number | null {
    for (const number of request.ways.flat()) this.member(number);
    return this.network.setFault(request);
  }
  healFaults(fault: number | null): void {
    this.network.faults.heal(fault);
  }
  releaseFault(fault: number, frames: readonly number[] | null): void {
    this.network.release(fault, frames);
  }

  async signal(
    node: number,
    signal: 'KILL' | 'STOP' | 'CONT',
    forMs: number | null,
  ): Promise<void> {
    const member = this.member(node);
    const { announcedClient: name } = member.ports;
    const fits = signal === 'CONT' ? member.state === 'stopped' : member.state !== 'dead';
    if (!fits || (signal === 'STOP' && member.state === 'stopped')) {
      throw new Refusal('refused', `${name} is ${member.state}: SIG${signal} would do nothing`);
    }
    if (signal === 'CONT') {
      this.wake(member, 'page');
      return;
    }
    if (forMs === null) {
      throw new Refusal('refused', `forMs is missing: say after how long ${name} comes back`);
    }
    if (signal === 'STOP') this.stop(member);
    else await this.kill(member);
    member.mendAfter(forMs, this.clock.nowMs(), () => {
      if (signal === 'STOP') this.wake(member, 'bridge');
      else void this.bringBack(member, 'bridge').catch((error: unknown) => this.complain(error));
    });
    this.tellNodes();
  }

  async startNode(node: number): Promise<void> {
    const member = this.member(node);
    if (member.state !== 'dead') {
      throw new Refusal('refused', `${member.ports.announcedClient} is ${member.state} already`);
    }
    await this.bringBack(member, 'page');
  }

  async end(): Promise<void> {
    this.isEnding = true;
    this.observers.end();
    for (const member of this.members) member.forgetMending();
    await Promise.all(this.members.map(({ process }) => process.kill()));
    await this.network.end();
    if (!this.settings.keeps) removeFolder(this.folder);
  }

  private stop(member: OwnNode): void {
    this.tellDeed(member, 'stop', 'page');
    member.process.signal('SIGSTOP');
    member.state = 'stopped';
    this.tellProcess(member, 'stop', '');
  }

  private wake(member: OwnNode, by: By): void {
    member.forgetMending();
    this.tellDeed(member, 'continue', by);
    member.state = 'running';
    // Told first: on a busy machine the process runs, and logs, before this one goes on.
    this.tellProcess(member, 'continue', '');
    member.process.signal('SIGCONT');
    this.tellNodes();
  }

  private async kill(member: OwnNode): Promise<void> {
    member.forgetMending();
    this.tellDeed(member, 'kill', 'page');
    await member.process.kill();
    await this.wentAway(member, 'SIGKILL');
  }

  /** A dead process refuses: its ports are closed until it starts again. */
  private async wentAway(member: OwnNode, why: string): Promise<void> {
    if (this.isEnding) return;
    member.forgetMending();
    this.tellProcess(member, 'exit', why);
    member.state = 'dead';
    await this.network.mirrorDeath(member.number);
    this.tellNodes();
  }

  private async bringBack(member: OwnNode, by: By): Promise<void> {
    member.forgetMending();
    this.tellDeed(member, 'start', by);
    await this.run(member);
  }

  private async run(member: OwnNode): Promise<void> {
    for (const port of this.proxyPorts(member)) await this.network.open(port);
    try {
      await member.process.start();
    } catch (error) {
      await this.network.mirrorDeath(member.number);
      throw error;
    }
    await member.learnId();
    member.state = 'running';
    this.tellProcess(member, 'start', '');
    this.tellNodes();
  }

  private proxyPorts({ number: acceptor, ports }: OwnNode): ProxyPort[] {
    const nodeOf = (fits: (node: OwnNode) => boolean): number | null =>
      this.members.find(fits)?.number ?? null;
    const bus: ProxyPort = {
      ...{ acceptor, announced: ports.announcedBus, listens: ports.bus, carries: 'messages' },
      identify: senderOfFrame((id) => nodeOf((node) => node.id === id)),
    };
    const client: ProxyPort = {
      ...{ acceptor, announced: ports.announcedClient, listens: ports.client, carries: 'stream' },
      identify: replicaByPort((port) => nodeOf((node) => node.ports.client === port)),
      dialerOf: (socket) => this.dialerOf(socket),
    };
    return [bus, client];
  }

  /** A replica, or a node that moves keys by MIGRATE; null: a client, or nobody can tell. */
  private dialerOf(socket: DialledSocket): number | null {
    const pids = new Map(this.members.map(({ number, process }) => [process.pid, number]));
    return pids.get(holderOf(socket, [...pids.keys()])) ?? null;
  }

  private member(number: number): OwnNode {
    const member = this.members[number - 1];
    if (member) return member;
    const known = `1 to ${this.members.length}`;
    throw new Refusal('unknown', `there is no node ${number}; expected ${known}`);
  }

  private tellDeed(
    { number: node }: OwnNode,
    type: 'kill' | 'start' | 'stop' | 'continue',
    by: By,
  ) {
    const atMs = this.clock.nowMs();
    this.journal.tell(atMs, { t: 'event', atMs, by, deed: { type, node } });
  }

  private tellProcess({ number: node, process }: OwnNode, event: ProcEvent, why: string): void {
    const atMs = this.clock.nowMs();
    this.journal.tell(atMs, { t: 'proc', atMs, node, event, pid: process.pid, why });
  }

  private tellNodes(): void {
    if (this.members.some(({ id }) => id === '')) return; // not all have been started yet
    const atMs = this.clock.nowMs();
    this.journal.tell(atMs, { t: 'nodes', atMs, nodes: this.nodes() });
  }

  private complain(error: unknown): void {
    const atMs = this.clock.nowMs();
    const text = `The bridge could not start it again: ${(error as Error).message}`;
    this.journal.tell(atMs, { t: 'notice', atMs, ends: false, text });
  }
}
