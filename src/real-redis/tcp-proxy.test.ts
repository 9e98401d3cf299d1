import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { PASS, type Verdict } from './proxy-flow';
import type { ProxyOptions, SeenMessage } from './proxy-port';
import { TcpProxy } from './tcp-proxy';
import { senderOfFrame } from './who-dialled';
import { eventually } from '../eventually';

const idOf = (letter: string): string => letter.repeat(40);
const processOf = (id: string): number | null => ({ [idOf('a')]: 1, [idOf('b')]: 2 })[id] ?? null;

/** A message of `letter`; `epoch` tells one from another. */
function message(letter: string, epoch: number): Buffer {
  const header = { port: 0, currentEpoch: epoch, configEpoch: 0, offset: 0, myslots: [] };
  const address = { myip: '', pport: 0, cport: 0 };
  const state = { flags: 1, state: 'ok', mflags: [0, 0, 0] } as const;
  const frame = { type: 'MFSTART', sender: idOf(letter), slaveof: null } as const;
  return Buffer.from(encodeFrame({ ...frame, ...header, ...address, ...state, mflags: [0, 0, 0] }));
}
const epochsIn = (bytes: Buffer): number[] => {
  const count = Math.floor(bytes.length / message('a', 0).length);
  return Array.from({ length: count }, (_, i) => bytes[i * message('a', 0).length + 23]!);
};

let verdict: Verdict = PASS;
let told: string[] = [];
let seen: SeenMessage[] = [];
let node: Server;
let received: Buffer;
let accepted: Socket[] = [];
let proxy: TcpProxy;
let announced = 0;
let announcedToClients = 0;

const options: ProxyOptions = {
  refusesStrangers: true,
  judge: (from) => (from === 1 ? verdict : PASS),
  watch: {
    opened: ({ acceptor }) => told.push(`open to ${acceptor}`),
    identified: ({ dialer }) => told.push(`dialled by ${dialer ?? 'nobody'}`),
    closed: (_wire, why) => told.push(`closed: ${why}`),
    message: (_wire, one) => seen.push(one),
    fate: (number, delivered) => told.push(`${number} ${delivered ? 'arrived' : 'never arrives'}`),
  },
};

beforeEach(async () => {
  [verdict, told, seen, received, accepted] = [PASS, [], [], Buffer.alloc(0), []];
  node = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
  });
  await new Promise<void>((done) => node.listen(0, '127.0.0.1', done));
  [announced, announcedToClients] = [await freePort(), await freePort()];
  proxy = new TcpProxy(options);
  const listens = (node.address() as AddressInfo).port;
  const identify = senderOfFrame(processOf);
  await proxy.open({ acceptor: 2, announced, listens, identify, carries: 'messages' });
  await proxy.open({
    ...{ acceptor: 2, announced: announcedToClients, listens, carries: 'stream' },
    ...{ identify: () => null, dialerOf: () => 1 },
  });
});

afterEach(async () => {
  for (const socket of accepted) socket.destroy();
  await proxy.end();
  await new Promise((done) => node.close(done));
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function dial(port = announced): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await new Promise((done) => socket.once('connect', done));
  return socket;
}
const arrived = (epochs: number[]): Promise<void> =>
  eventually(() => expect(epochsIn(received)).toEqual(epochs));
const wasTold = (what: string): Promise<void> => eventually(() => expect(told).toContain(what));
const sees = (count: number): Promise<void> => eventually(() => expect(seen).toHaveLength(count));

describe('proxy: what passes', () => {
  test('messages arrive byte for byte, however they were chopped, and are told of', async () => {
    const dialer = await dial();
    const bytes = Buffer.concat([message('a', 1), message('a', 2)]);
    dialer.write(bytes.subarray(0, 1_000));
    await wasTold('open to 2');
    dialer.write(bytes.subarray(1_000));
    await eventually(() => expect(received).toEqual(bytes));
    expect(seen.map(({ from, to, verdict: how }) => [from, to, how])).toEqual([
      [1, 2, 'pass'],
      [1, 2, 'pass'],
    ]);
    expect(told).toEqual(['open to 2', 'dialled by 1']);
    dialer.destroy();
    await wasTold('closed: dialer ended');
  });

  test('a dialer that is no node, or speaks no bus, is turned away; nothing of it passes', async () => {
    for (const bytes of [message('x', 1), Buffer.from('GET / HTTP/1.1\r\nHost: you\r\n\r\n')]) {
      const dialer = await dial();
      const closed = new Promise((done) => dialer.once('close', done));
      dialer.write(bytes);
      await closed;
    }
    expect(received).toHaveLength(0);
    expect(told.filter((one) => one.startsWith('closed: refused'))).toHaveLength(2);
  });

  test('a dead process refuses, and its connections are gone', async () => {
    const dialer = await dial();
    dialer.write(message('a', 1));
    await arrived([1]);
    await proxy.mirrorDeath(2);
    await wasTold('closed: acceptor ended');
    const again = connect({ port: announced, host: '127.0.0.1' });
    const error = await new Promise<Error>((done) => again.once('error', done));
    expect(error.message).toContain('ECONNREFUSED');
  });
});

describe('proxy: what is stopped', () => {
  test('held messages arrive in order when the hold ends', async () => {
    const dialer = await dial();
    verdict = { type: 'hold', overtakable: false };
    dialer.write(Buffer.concat([message('a', 1), message('a', 2)]));
    await sees(2);
    expect(received).toHaveLength(0);
    verdict = PASS;
    proxy.settle();
    await arrived([1, 2]);
    expect(told.slice(2)).toEqual(['1 arrived', '2 arrived']);
    dialer.destroy();
  });

  test('released messages arrive while the hold goes on', async () => {
    const dialer = await dial();
    verdict = { type: 'hold', overtakable: true };
    dialer.write(Buffer.concat([message('a', 1), message('a', 2)]));
    await sees(2);
    proxy.release((from) => from === 1, new Set([2]));
    await arrived([2]);
    dialer.write(message('a', 3));
    await sees(3);
    expect(seen[2]!.verdict).toBe('hold');
    dialer.destroy();
  });

  test('a connection that lost a message is reset when the cut is over, not before', async () => {
    const dialer = await dial();
    dialer.write(message('a', 1));
    await arrived([1]);
    verdict = { type: 'cut' };
    proxy.settle();
    dialer.write(message('a', 2));
    await sees(2);
    expect(seen[1]!.verdict).toBe('cut');
    verdict = PASS;
    const closed = new Promise((done) => dialer.once('close', done));
    proxy.settle();
    await closed;
    expect(told).toContain('closed: reset after a cut');
    expect(epochsIn(received)).toEqual([1]);
  });

  test('a connection that lost nothing survives a cut', async () => {
    const dialer = await dial();
    dialer.write(message('a', 1));
    await arrived([1]);
    verdict = { type: 'cut' };
    proxy.settle();
    verdict = PASS;
    proxy.settle();
    dialer.write(message('a', 2));
    await arrived([1, 2]);
    dialer.destroy();
  });

  test('behind a cut the acceptor does not hear that the dialer gave up', async () => {
    const dialer = await dial();
    dialer.write(message('a', 1));
    await arrived([1]);
    verdict = { type: 'cut' };
    proxy.settle();
    dialer.destroy();
    await wasTold('closed: dialer ended, and the other side does not hear of it');
    expect(accepted[0]!.readableEnded).toBe(false);
    verdict = PASS;
    proxy.settle();
    await eventually(() => expect(accepted[0]!.readableEnded).toBe(true));
    expect(told.filter((one) => one.startsWith('closed'))).toHaveLength(1);
  });

  test.each(['a message', 'a stream'])('across a cut %s reaches nobody', async (what) => {
    verdict = { type: 'cut' };
    const dialer = await dial(what === 'a stream' ? announcedToClients : announced);
    const closed = new Promise((done) => dialer.once('close', done));
    dialer.write(message('a', 1));
    if (what === 'a message') await sees(1);
    expect(accepted).toHaveLength(0);
    verdict = PASS;
    proxy.settle();
    await closed;
    expect(accepted).toHaveLength(0);
  });

  test('a stream of another node stops in a cut, whatever it carries', async () => {
    const dialer = await dial(announcedToClients);
    dialer.write('MIGRATE');
    await eventually(() => expect(received.toString()).toBe('MIGRATE'));
    verdict = { type: 'cut' };
    proxy.settle();
    dialer.write('lost');
    const closed = new Promise((done) => dialer.once('close', done));
    verdict = PASS;
    proxy.settle();
    await closed;
    expect(received.toString()).toBe('MIGRATE');
  });

  test('a delay keeps the order', async () => {
    const dialer = await dial();
    verdict = { type: 'delay', ms: 500 };
    dialer.write(message('a', 1));
    await sees(1);
    verdict = PASS; // for what comes now, not for what is on its way
    dialer.write(message('a', 2));
    await arrived([1, 2]);
    expect(seen.map(({ verdict: how }) => how)).toEqual(['delay', 'delay']);
    dialer.destroy();
  });

  test('a fault resets what it concerns', async () => {
    const dialer = await dial();
    dialer.write(message('a', 1));
    await arrived([1]);
    const closed = new Promise((done) => dialer.once('close', done));
    proxy.reset((from, to) => from === 2 && to === 1);
    await closed;
    expect(told).toContain('closed: reset by a fault');
  });
});
