import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BusFrame } from './bus-frame';
import { encodeFrame } from './encode-frame';
import { frameSplitter, readFrames } from './split-frames';

const auth: BusFrame = {
  port: 6_379,
  currentEpoch: 6,
  configEpoch: 1,
  offset: 14,
  sender: 'a'.repeat(40),
  myslots: [],
  slaveof: 'b'.repeat(40),
  myip: '',
  pport: 0,
  cport: 16_379,
  flags: 18,
  state: 'ok',
  mflags: [0, 0, 0],
  type: 'FAILOVER_AUTH_REQUEST',
};
const publish: BusFrame = { ...auth, type: 'PUBLISH', channel: 'c', message: 'x'.repeat(9_000) };
const fail: BusFrame = { ...auth, type: 'FAIL', about: 'c'.repeat(40) };
const frames = [auth, publish, fail, auth].map(encodeFrame);
const stream = new Uint8Array(frames.flatMap((bytes) => [...bytes]));

function chunksOf(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe('frameSplitter', () => {
  test('chunks of any size: the same messages, nothing left over', () => {
    const sizes = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9_999 })),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(sizes, (some) => {
        const splitter = frameSplitter();
        const found = chunksOf(stream, some).flatMap(splitter.push);
        expect(found.map(({ length }) => length)).toEqual(frames.map(({ length }) => length));
        expect(Buffer.concat(found).equals(stream)).toBe(true);
        expect(splitter.heldBytes()).toBe(0);
        expect(splitter.refusal()).toBeNull();
      }),
    );
  });

  test('the beginning of a message is held until the rest comes', () => {
    const splitter = frameSplitter();
    expect(splitter.push(stream.subarray(0, 2_000))).toEqual([]);
    expect(splitter.heldBytes()).toBe(2_000);
    expect(splitter.push(stream.subarray(2_000, 2_256))).toEqual([frames[0]]);
  });

  test('a message is a copy: the chunk may be used again', () => {
    const chunk = encodeFrame(auth);
    const [frame] = frameSplitter().push(chunk);
    chunk.fill(0);
    expect(frame).toEqual(frames[0]);
  });

  test('a stream that makes no sense is refused, and stays refused', () => {
    const splitter = frameSplitter();
    const nonsense = new Uint8Array([...frames[0]!, ...new TextEncoder().encode('GET / HTTP/1.1')]);
    expect(splitter.push(nonsense)).toEqual([frames[0]]);
    expect(splitter.refusal()).toMatchObject({ problem: 'signature', closesLink: true });
    expect(splitter.push(frames[0]!)).toEqual([]);
  });

  test('a header that promises 4 GB takes the room of what has come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const splitter = frameSplitter();
    splitter.push(new Uint8Array([0x52, 0x43, 0x6d, 0x62, 0xff, 0xff, 0xff, 0xff]));
    for (let i = 0; i < 100; i++) splitter.push(new Uint8Array(100));
    expect(splitter.heldBytes()).toBe(10_008);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});

describe('readFrames', () => {
  test('each with its place', () => {
    const found = [...readFrames(stream)];
    expect(found.map(({ at, bytes }) => [at, bytes.length])).toEqual([
      [0, 2_256],
      [2_256, 11_265],
      [13_521, 2_296],
      [15_817, 2_256],
    ]);
    expect(found.every(({ decoded }) => decoded.ok)).toBe(true);
  });

  test('a message refused for what it holds is skipped by its length', () => {
    const bad = stream.slice();
    bad[8] = 9;
    expect([...readFrames(bad)].map(({ decoded }) => decoded.ok)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test('nothing follows a cut-off end or a refused length', () => {
    const cut = [...readFrames(stream.subarray(0, 2_300))];
    expect(cut.map(({ at }) => at)).toEqual([0, 2_256]);
    expect(cut[1]!.decoded).toMatchObject({ refusal: { problem: 'incomplete', at: 44 } });
    const short = stream.slice();
    short.fill(0, 4, 8);
    expect([...readFrames(short)]).toHaveLength(1);
  });
});
