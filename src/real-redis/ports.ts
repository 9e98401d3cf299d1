/** Four ports a node, none of them where the system takes ports for outgoing connections. */
import { createServer } from 'node:net';

/** What redis-server listens on, and what it tells others. */
export interface NodePorts {
  readonly client: number;
  readonly bus: number;
  readonly announcedClient: number;
  readonly announcedBus: number;
}

/** Linux hands out 32768 and above; a bus port is the client port and ten thousand. */
const FIRST_BASE = 10_100;
const LAST_BASE = 22_400;
const BUS_OFFSET = 10_000;
const BLOCK = 100;
const TRIES = 50;

/** The ports of a block. Without proxies a node announces what it listens on. */
export function portsFrom(base: number, count: number, proxied: boolean): NodePorts[] {
  return Array.from({ length: count }, (_, i) => {
    const client = base + i;
    const announcedClient = proxied ? base + BLOCK / 2 + i : client;
    return {
      client,
      bus: client + BUS_OFFSET,
      announcedClient,
      announcedBus: announcedClient + BUS_OFFSET,
    };
  });
}

/** Where a row of nodes begins: 8901, or a hundred more, and so on, until all are free. */
const FIRST_ROW = 8_901;

/** The first row of ports that people remember, of which every one is free now. */
export async function freeRow(count: number): Promise<NodePorts[]> {
  checkCount(count);
  for (let base = FIRST_ROW; base + BLOCK <= LAST_BASE; base += BLOCK) {
    const announced = portsFrom(base, count, false);
    const ports = announced.map(({ client, bus }): NodePorts => ({
      ...{ client: client + BLOCK / 2, bus: bus + BLOCK / 2 },
      ...{ announcedClient: client, announcedBus: bus },
    }));
    if (await areFree(ports)) return ports;
  }
  throw new Error(`no row of ${count * 4} free ports was found between ${FIRST_ROW} and 32767`);
}

/** Finds a block of ports of which every one is free now. */
export async function freePorts(count: number, proxied: boolean): Promise<NodePorts[]> {
  checkCount(count);
  const blocks = Math.floor((LAST_BASE - FIRST_BASE) / BLOCK);
  for (let tried = 0; tried < TRIES; tried++) {
    const base = FIRST_BASE + BLOCK * Math.floor(Math.random() * blocks);
    const ports = portsFrom(base, count, proxied);
    if (await areFree(ports)) return ports;
  }
  throw new Error(`no ${count * 4} free ports were found between ${FIRST_BASE} and 32767`);
}

function checkCount(count: number): void {
  if (count > BLOCK / 2) throw new Error(`at most ${BLOCK / 2} nodes have ports, not ${count}`);
}

async function areFree(ports: readonly NodePorts[]): Promise<boolean> {
  const all = new Set(ports.flatMap((one) => Object.values(one) as number[]));
  const free = await Promise.all([...all].map(isFree));
  return free.every(Boolean);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
