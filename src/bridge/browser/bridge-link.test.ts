import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameCutter, FrameWriter, WIRE_VERSION } from '../wire';
import { BridgeLink } from './bridge-link';
import { phaseOf, waitMs, type ConnectionSnapshot } from './connection.machine';
import { FakeSocket, fakeHello } from './fake-socket';
import type { Told } from './socket';

const TOKEN = 'ab'.repeat(16);
const HELLO = fakeHello();

let sockets: FakeSocket[] = [];
let told: Told[] = [];
let seen!: ConnectionSnapshot;
let link!: BridgeLink;
let isFull = false;
const last = (): FakeSocket => sockets.at(-1)!;
const phase = (): string => phaseOf(seen);

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  told = [];
  isFull = false;
  link = new BridgeLink({
    ...{ address: '127.0.0.1:7700', token: TOKEN },
    ontold: (one) => told.push(one),
    newSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    saysItIsFull: () => Promise.resolve(isFull),
  });
  link.start((snapshot) => (seen = snapshot));
});
afterEach(() => {
  link.close();
  vi.useRealTimers();
});

function goLive(): FakeSocket {
  const socket = last();
  socket.opens();
  socket.says(HELLO);
  socket.says({ t: 'live', atMs: 10 });
  return socket;
}

test('the token is the first thing it says, and stands nowhere in the address', () => {
  last().opens();
  expect(last().url).toBe('ws://127.0.0.1:7700/');
  expect(JSON.parse(last().sent[0]!)).toEqual({
    ...{ t: 'hello', version: WIRE_VERSION, token: TOKEN },
  });
});

test('connecting, greeting, told what is remembered, live', () => {
  const phases = [phase()];
  const socket = last();
  socket.opens();
  phases.push(phase());
  socket.says(HELLO);
  phases.push(phase());
  socket.says({ t: 'live', atMs: 10 });
  phases.push(phase());
  expect(phases).toEqual(['connecting', 'greeting', 'told', 'live']);
  expect(seen.context.hello?.redisVersion).toBe('7.0.15');
});

test('frames come back byte for byte, those that refer to a bitmap too', () => {
  const bytes = Uint8Array.from({ length: 2_256 }, (_, i) => i % 251);
  const frame = {
    ...{ frame: 1, atMs: 5, from: 1, to: 2, dialer: 1, acceptor: 2, connection: 3 },
    ...({ type: 'PING', verdict: 'pass', bytes } as const),
  };
  const written = new FrameWriter().write({ gap: 2, frames: [new FrameCutter().cut(frame)] });
  const socket = goLive();
  for (const one of written.slots) socket.says(one);
  const { buffer, byteOffset, length } = written.bytes;
  socket.onmessage({ data: buffer.slice(byteOffset, byteOffset + length) });
  const batch = told.at(-1)!;
  expect(batch).toMatchObject({ t: 'frames', gap: 2 });
  expect(batch.t === 'frames' && [...batch.frames[0]!.bytes]).toEqual([...bytes]);
});

test('an answer finds its question; what the bridge denies is told as it said it', async () => {
  const socket = goLive();
  const first = link.ask({ t: 'proc.start', node: 1 });
  const second = link.ask({ t: 'proc.start', node: 9 });
  const [a, b] = socket.sent.slice(1).map((text) => (JSON.parse(text) as { id: number }).id);
  socket.says({ t: 'err', id: b, code: 'unknown', text: 'there is no node 9' });
  socket.says({ t: 'res', id: a, result: {} });
  await expect(first).resolves.toEqual({});
  await expect(second).rejects.toMatchObject({ code: 'unknown', message: 'there is no node 9' });
});

test('nobody is asked while the bridge is not live', async () => {
  await expect(link.ask({ t: 'proc.start', node: 1 })).rejects.toMatchObject({ code: 'away' });
});

test('a killed bridge is tried again, later each time, and what was asked is denied', async () => {
  const socket = goLive();
  const asked = link.ask({ t: 'proc.start', node: 1 });
  socket.hangsUp();
  await expect(asked).rejects.toMatchObject({ code: 'away' });
  expect(phase()).toBe('lost');
  await vi.advanceTimersByTimeAsync(waitMs(1));
  expect(sockets).toHaveLength(2);
  last().hangsUp();
  await vi.advanceTimersByTimeAsync(waitMs(2) - 1);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  goLive();
  expect(phase()).toBe('live');
  expect(seen.context.tries).toBe(0);
});

test('a bridge that falls silent is as good as gone', async () => {
  const socket = goLive();
  await vi.advanceTimersByTimeAsync(5_000);
  socket.says({ t: 'pulse', atMs: 5_000, lagMs: 0, clients: 1 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(phase()).toBe('live');
  await vi.advanceTimersByTimeAsync(1_001);
  expect(phase()).toBe('lost');
  expect(socket.isLeft).toBe(true);
});

test.each([
  ['a wrong token', 4403, '', { kind: 'token' }],
  ['another version', 4426, 'this bridge speaks version 3', { kind: 'version', theirs: '3' }],
  [
    'a message too long',
    1009,
    'at most 65536 bytes',
    { kind: 'message', why: 'at most 65536 bytes' },
  ],
] as const)('%s: refused, and not tried again by itself', async (_name, code, reason, refusal) => {
  last().opens();
  last().hangsUp(code, reason);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(phase()).toBe('refused');
  expect(seen.context.refusal).toEqual(refusal);
  expect(sockets).toHaveLength(1);
});

test('a bridge of another version is recognised by its hello, whatever else it holds', () => {
  last().opens();
  last().says({ t: 'hello', version: 7, of: 'the future' });
  expect(seen.context.refusal).toEqual({ kind: 'version', theirs: '7' });
});

test('a bridge that opens no socket and says that it is full has too many clients already', async () => {
  isFull = true;
  last().hangsUp();
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.context.refusal).toEqual({ kind: 'full' });
});

test('what cannot be read ends the connection with a sentence', () => {
  goLive().says({ t: 'pulse', atMs: 'soon' });
  expect(phase()).toBe('refused');
  expect(seen.context.refusal).toMatchObject({ kind: 'broken' });
});

test('disconnected by the reader, it stays so until asked again', async () => {
  goLive();
  link.disconnect();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(phase()).toBe('closed');
  expect(sockets).toHaveLength(1);
  link.connect();
  expect(phase()).toBe('connecting');
});
