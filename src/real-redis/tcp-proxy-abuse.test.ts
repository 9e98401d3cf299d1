import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { HEADER } from '../protocol/wire/layout';
import { TcpProxy } from './tcp-proxy';
import { senderOfFrame } from './who-dialled';
import { eventually } from '../eventually';

const KNOWN = 'a'.repeat(40);

function message(sender: string): Buffer {
  const header = { port: 0, currentEpoch: 1, configEpoch: 0, offset: 0, myslots: [] };
  const address = { myip: '', pport: 0, cport: 0, flags: 1, state: 'ok' } as const;
  const frame = { type: 'MFSTART', sender, slaveof: null, mflags: [0, 0, 0] } as const;
  return Buffer.from(encodeFrame({ ...frame, ...header, ...address }));
}

let node: Server;
let reached: Socket[];
let received: Buffer;
let refusals: string[];
let proxy: TcpProxy;
let announced: number;

beforeEach(async () => {
  [reached, received, refusals] = [[], Buffer.alloc(0), []];
  node = createServer((socket) => {
    reached.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
  });
  const free = createServer();
  for (const server of [node, free]) await once(server.listen(0, '127.0.0.1'), 'listening');
  announced = (free.address() as AddressInfo).port;
  await new Promise((done) => free.close(done));
  proxy = new TcpProxy({
    refusesStrangers: true,
    watch: {
      ...{ opened: () => undefined, identified: () => undefined, fate: () => undefined },
      ...{ closed: (_wire, why) => refusals.push(why), message: () => 0 },
    },
  });
  const identify = senderOfFrame((id) => (id === KNOWN ? 1 : null));
  const listens = (node.address() as AddressInfo).port;
  await proxy.open({ acceptor: 2, announced, listens, identify, carries: 'messages' });
});
afterEach(async () => {
  for (const socket of reached) socket.destroy();
  await proxy.end();
  await new Promise((done) => node.close(done));
});

async function dial(bytes: Uint8Array): Promise<Socket> {
  const socket = connect(announced, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}
const dies = async (bytes: Uint8Array): Promise<void> => {
  const socket = await dial(bytes);
  if (!socket.destroyed) await once(socket, 'close');
};

const bytesBut = (change: (frame: Buffer) => void, sender = KNOWN): Buffer => {
  const frame = message(sender);
  change(frame);
  return frame;
};
const id = fc.string({
  unit: fc.constantFrom('0', '7', 'a', 'f'),
  minLength: 40,
  maxLength: 40,
});
/** Whole, but of nobody; and what is no message at all. */
const ABUSE: fc.Arbitrary<Uint8Array> = fc.oneof(
  id.map(message),
  fc.uint8Array({ minLength: 8, maxLength: 4_000 }),
  fc
    .integer({ min: 1, max: 0xffff_ffff })
    .map((word) =>
      bytesBut((frame) => frame.writeUInt32BE((0x52436d62 ^ word) >>> 0, HEADER.signature)),
    ),
  fc
    .integer({ min: 0, max: 2_255 })
    .map((length) => bytesBut((frame) => frame.writeUInt32BE(length, HEADER.totlen))),
  // More than anybody has: nothing of a stranger is waited for.
  fc
    .tuple(fc.integer({ min: 0x4000_0000, max: 0xffff_ffff }), id)
    .map(([length, sender]) =>
      bytesBut((frame) => frame.writeUInt32BE(length, HEADER.totlen), sender),
    ),
  fc
    .tuple(fc.integer({ min: 80, max: 2_255 }), id)
    .map(([end, sender]) => message(sender).subarray(0, end)),
);
const A_THOUSAND = { numRuns: 1_000, seed: 11 };

test('a thousand beginnings that are no node’s: each is turned away, none reaches the node', async () => {
  const all = fc.sample(ABUSE, A_THOUSAND);
  for (let at = 0; at < all.length; at += 50) {
    await Promise.all(all.slice(at, at + 50).map(dies));
  }
  await eventually(() => expect(refusals).toHaveLength(1_000));
  expect(new Set(refusals)).toEqual(new Set(['refused: no message of a node of this cluster']));
  expect(reached).toHaveLength(0);

  const peer = await dial(message(KNOWN));
  await eventually(() => expect(received).toEqual(message(KNOWN)));
  peer.destroy();
}, 30_000);

test('of who says nothing, or too little, so many wait; the others are not let in', async () => {
  const silent = await Promise.all(
    Array.from({ length: 100 }, () => dial(message(KNOWN).subarray(0, 79))),
  );
  await eventually(() => expect(silent.filter(({ destroyed }) => destroyed)).toHaveLength(36));
  expect(reached).toHaveLength(0);
  for (const socket of silent) socket.destroy();
  await eventually(() => expect(refusals).toHaveLength(64));
  const peer = await dial(message(KNOWN));
  await eventually(() => expect(received).toEqual(message(KNOWN)));
  peer.destroy();
});

test('a node that ends in the middle of a message has said nothing of it', async () => {
  const whole = message(KNOWN);
  const peer = await dial(Buffer.concat([whole, whole.subarray(0, 1_000)]));
  await eventually(() => expect(received).toEqual(whole));
  peer.destroy();
  await eventually(() => expect(refusals).toEqual(['dialer ended']));
  expect(received).toEqual(whole);
});

test('a node whose next message makes no sense is cut off, as by its peer', async () => {
  const peer = await dial(Buffer.concat([message(KNOWN), Buffer.from('nonsense, not RCmb')]));
  await once(peer, 'close');
  expect(refusals).toEqual(['refused: no message of a node of this cluster']);
});
