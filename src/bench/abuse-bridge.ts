/**
 * Strikes a bridge with what nobody should send, and looks at what is left: does it still run, has
 * its cluster believed anything, and is nothing left behind when it ends?
 */
import { once, type EventEmitter } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { parseClusterNodes } from '../protocol/slots/nodes-text';
import { askOnce } from '../real-redis/redis-client';
import { framesOfMember, framesOfStrangers } from './abuse-frames';
import { BridgePage } from './bridge-page';
import { startBridgeProcess, type BridgeProcess } from './bridge-process';

export interface Finding {
  readonly what: string;
  readonly found: string;
  readonly isRight: boolean;
}

const TIMEOUT_MS = 5_000;
const STRIKES = 1_000;
const AT_ONCE = 50;
/** The bridge waits so long for who says nothing. */
const QUIET_MS = 12_000;

export async function abuseBridge(say: (sentence: string) => void): Promise<Finding[]> {
  const bridge = await startBridgeProcess(TIMEOUT_MS);
  const findings: Finding[] = [];
  const find = (what: string, found: string | number, isRight: boolean): void => {
    findings.push({ what, found: String(found), isRight });
  };
  const page = new BridgePage(bridge);
  await page.greet(bridge.token);
  const { nodes } = page;
  const beliefs = async (): Promise<string> =>
    (await Promise.all(nodes.map(({ listensPort }) => beliefOf(listensPort)))).join('\n');
  try {
    const [before, socketsBefore, framesBefore] = [await beliefs(), socketsOf(bridge), page.frames];
    say('abuse: a thousand frames at the ports of the bus');
    const ports = nodes.map(({ busPort }) => busPort);
    find(
      'frames of strangers, turned away',
      ...all(
        await strikeBus(
          ports,
          nodes.map(({ id }) => id),
        ),
      ),
    );
    say('abuse: a thousand messages at the door');
    find('messages at the door, refused or closed', ...all(await strikeDoor(bridge)));
    say('abuse: it rests');
    await pass(QUIET_MS);
    find('the first page is connected', page.socket.readyState, page.socket.readyState === 1);
    find('frames it was told meanwhile', page.frames - framesBefore, page.frames > framesBefore);
    const after = await beliefs();
    find('what the nodes believe', after === before ? 'as before' : after, after === before);
    const sockets = socketsOf(bridge) - socketsBefore;
    find('sockets more than before', sockets, sockets <= 2);
    find('megabytes', Math.round(bridge.megabytes()), bridge.megabytes() < MOST_MEGABYTES);
  } finally {
    await bridge.end();
  }
  const alive = nodes.filter(({ pid }) => pid !== null && existsSync(`/proc/${pid}`)).length;
  find('processes left', alive, alive === 0);
  const open = await openPorts([bridge.port, ...nodes.flatMap(portsOf)]);
  find('ports left open', open, open === 0);
  const folders = foldersOf(bridge.pid).length;
  find('folders left', folders, folders === 0);
  return findings;
}

const MOST_MEGABYTES = 300;
const pass = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const all = (count: number): [string, boolean] => [`${count} of ${STRIKES}`, count === STRIKES];
type Addresses = Record<'port' | 'busPort' | 'listensPort' | 'listensBusPort', number>;
const portsOf = ({ port, busPort, listensPort, listensBusPort }: Addresses): number[] => [
  ...[port, busPort, listensPort, listensBusPort],
];

/** Who is what, with which slots and epochs: all that a message could change. */
async function beliefOf(port: number): Promise<string> {
  const [nodes, info] = await Promise.all([
    askOnce(port, ['CLUSTER', 'NODES']),
    askOnce(port, ['CLUSTER', 'INFO']),
  ]);
  const lines = nodes.type === 'bulk' ? parseClusterNodes(nodes.text) : [];
  const said = lines
    .map(({ id, flags, masterId, configEpoch, slots }) =>
      [id, flags, masterId, configEpoch, JSON.stringify(slots)].join(' '),
    )
    .sort();
  const epoch = info.type === 'bulk' ? /cluster_current_epoch:\d+/.exec(info.text)?.[0] : '';
  return [port, epoch, ...said].join('\n');
}

/** How many of them ended with a connection that was closed to them. */
async function strikeBus(ports: readonly number[], ids: readonly string[]): Promise<number> {
  const [one, two] = ids as [string, string];
  // What a member may not say goes to the node behind, which judges it: each of a hundred.
  for (const [i, frame] of Array(20).fill(framesOfMember(one, two)).flat().entries()) {
    const socket = connect(ports[(i % (ports.length - 1)) + 1]!, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(frame as Buffer, () => socket.destroySoon());
  }
  let turnedAway = 0;
  const frames = framesOfStrangers(STRIKES, ids);
  for (let at = 0; at < frames.length; at += AT_ONCE) {
    const some = frames.slice(at, at + AT_ONCE);
    const ends = some.map((frame, i) => isClosed(ports[(at + i) % ports.length]!, frame));
    turnedAway += (await Promise.all(ends)).filter(Boolean).length;
  }
  return turnedAway;
}

/** Whether the other side ends it, in time; an error comes before that. */
async function endOf(socket: EventEmitter): Promise<boolean> {
  const closed = new Promise<true>((done) => socket.once('close', () => done(true)));
  return (await Promise.race([closed, pass(QUIET_MS / 2)])) ?? false;
}

async function isClosed(port: number, bytes: Buffer): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  const isOver = await endOf(socket);
  socket.destroy();
  return isOver;
}

/** Texts of every kind, from pages without a token: each ends its connection, or is never heard. */
async function strikeDoor({ port }: BridgeProcess): Promise<number> {
  const requests = ['proc.signal', 'redis.cmd', 'fault.set', 'hello', 'record.save'];
  const forged = fc
    .record({ t: fc.constantFrom(...requests), token: fc.string(), node: fc.integer() })
    .map((one) => JSON.stringify({ id: 1, version: 1, ...one }));
  const oversized = fc.integer({ min: 65_537, max: 200_000 }).map((length) => 'x'.repeat(length));
  const kinds = fc.oneof(fc.string(), fc.json(), forged, oversized);
  const texts = fc.sample(kinds, { numRuns: STRIKES, seed: 7 });
  let refused = 0;
  for (let at = 0; at < texts.length; at += MOST_STRANGERS) {
    const some = texts.slice(at, at + MOST_STRANGERS);
    const ends = some.map((text, i) => isTurnedAway(port, text, at + i));
    refused += (await Promise.all(ends)).filter(Boolean).length;
  }
  return refused;
}
/** Four pages may stand at the door, and one does. */
const MOST_STRANGERS = 3;

async function isTurnedAway(port: number, text: string, turn: number): Promise<boolean> {
  // Every fifth comes from another page of the browser.
  const origin = turn % 5 === 0 ? 'https://example.com' : `http://127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { origin } });
  let said = 0;
  socket.on('error', () => undefined);
  socket.on('message', () => said++);
  socket.on('open', () => socket.send(text));
  const isOver = await endOf(socket);
  socket.terminate();
  return isOver && said === 0;
}

const socketsOf = ({ pid }: BridgeProcess): number =>
  existsSync('/proc') ? readdirSync(`/proc/${pid}/fd`).length : 0;

async function openPorts(ports: readonly number[]): Promise<number> {
  const tried = ports.map(async (port) => {
    const socket = connect(port, '127.0.0.1');
    const event = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    return event;
  });
  return (await Promise.all(tried)).filter(Boolean).length;
}

const foldersOf = (pid: number): string[] =>
  ['/dev/shm', '/tmp']
    .filter((base) => existsSync(base))
    .flatMap((base) => readdirSync(base))
    .filter((name) => name.startsWith(`slotscope-bridge-${pid}-`));

/** As a table. */
export function printAbuse(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ what, found, isRight }) => `| ${isRight ? 'right' : 'WRONG'} | ${what} | ${found} |`,
  );
  return ['## Abuse\n', '| | | found |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
