/** A bridge without processes: the door, and behind it a cluster that does as a test says. */
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { RedisConnection } from '../../real-redis/redis-client';
import { FrameReader, WIRE_VERSION, parseServerMessage } from '../wire';
import type { ServerMessage, WireFrame, WireNode } from '../wire';
import { OWN_COMMANDS } from './allowed-commands';
import type { BridgeCluster } from './bridge-cluster';
import { Hub } from './hub';
import { Journal } from './journal';
import { Network } from './network';
import { servePage } from './page-server';
import { startClock } from './run-clock';

export const TOKEN = '00112233445566778899aabbccddeeff';

export interface FakeBridge {
  readonly port: number;
  readonly journal: Journal;
  readonly network: Network;
  /** What was done to processes, as `KILL 1`. */
  readonly done: readonly string[];
  readonly end: () => Promise<void>;
}

const wireNode = (number: number): WireNode => ({
  ...{ number, id: String(number).repeat(40), port: 8_900 + number, busPort: 18_900 + number },
  ...{ listensPort: 1, listensBusPort: 1, pid: 100 + number, state: 'running', untilMs: null },
});

/** Listens where the system likes; `page` is a folder to serve. */
export async function fakeBridge(page: string, redisPort = 1): Promise<FakeBridge> {
  const clock = startClock();
  const journal = new Journal();
  const network = new Network(journal, clock);
  const done: string[] = [];
  const nodes = [1, 2, 3].map(wireNode);
  const cluster: BridgeCluster = {
    ...{ label: 'fake', redisVersion: '7.0.15', nodeTimeoutMs: 2_000 },
    capabilities: { frames: true, faults: true, processes: true, logs: true },
    commands: OWN_COMMANDS,
    keptFolder: null,
    nodes: () => nodes,
    connect: () => new RedisConnection(redisPort),
    faults: () => network.faults.list(),
    setFault: (request) => network.setFault(request),
    healFaults: (fault) => network.faults.heal(fault),
    releaseFault: (fault, frames) => network.release(fault, frames),
    signal: (node, signal) => Promise.resolve(void done.push(`${signal} ${node}`)),
    startNode: (node) => Promise.resolve(void done.push(`start ${node}`)),
    end: () => network.end(),
  };
  const [server, port] = await listen(page);
  const save = (label = ''): Promise<string[]> => Promise.resolve([`${label}.index.json`]);
  const hub = new Hub(server, port, { token: TOKEN, cluster, journal, clock, save });
  const end = async (): Promise<void> => {
    hub.end('The test is over.');
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await cluster.end();
  };
  return { port, journal, network, done, end };
}

/** The Host header names the port, so a port of the system's choice has to be known before. */
async function listen(page: string): Promise<[Awaited<ReturnType<typeof servePage>>, number]> {
  const probe = await servePage(page, 0);
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return [await servePage(page, port), port];
}

/** A page, as far as the door sees one. */
export class TestPage {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly frames: WireFrame[] = [];
  gap = 0;
  /** `code reason` once it is closed; `status` of HTTP when it was never opened. */
  readonly closed: Promise<string>;
  private readonly reader = new FrameReader();
  private nextId = 1;

  constructor(port: number, headers: Record<string, string> = {}) {
    const origin = `http://127.0.0.1:${port}`;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { origin, ...headers } });
    this.closed = new Promise((done) => {
      this.socket.on('close', (code, reason) => done(`${code} ${reason.toString()}`.trim()));
      this.socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
        done(`status ${statusCode}`);
        this.socket.terminate();
      });
    });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data, isBinary) => this.hear(data as Buffer, isBinary));
  }

  private hear(data: Buffer, isBinary: boolean): void {
    if (isBinary) {
      const { gap, frames } = this.reader.read(new Uint8Array(data));
      this.gap += gap;
      this.frames.push(...frames);
      return;
    }
    const parsed = parseServerMessage(data.toString());
    if (!parsed.ok) throw new Error(parsed.sentence);
    if (parsed.message.t === 'slots') this.reader.learn(parsed.message);
    this.messages.push(parsed.message);
  }

  async opened(): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) {
      await new Promise((done) => this.socket.once('open', done));
    }
    return this;
  }

  /** Says hello and waits for the answer. */
  async greet(): Promise<this> {
    await this.opened();
    this.send({ t: 'hello', version: WIRE_VERSION, token: TOKEN });
    await this.hears('hello');
    return this;
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Asks, and waits for `res` or `err`. */
  async ask(request: object): Promise<ServerMessage> {
    const id = this.nextId++;
    this.send({ id, ...request });
    return this.hearsWhere(
      (message) => (message.t === 'res' || message.t === 'err') && message.id === id,
    );
  }

  hears(kind: ServerMessage['t']): Promise<ServerMessage> {
    return this.hearsWhere(({ t }) => t === kind);
  }

  async hearsWhere(fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found) return found;
      await new Promise((done, fail) => {
        this.socket.once('message', done);
        void this.closed.then((how) => fail(new Error(`closed: ${how}`)));
      });
    }
  }
}
