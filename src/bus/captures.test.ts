/** Real traffic: every frame gives its bytes again, and says what another decoder said. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { printSlots } from '../protocol/slot-ranges';
import type { BusFrame, FrameHeader } from '../protocol/wire/bus-frame';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { frameOfMessage, messageOfFrame } from '../protocol/wire/message-frame';
import { frameSplitter, readFrames, type FoundFrame } from '../protocol/wire/split-frames';
import { parseFrameLine, printFrameLine } from './frame-line';

const FRAMES = {
  'meet-handshake': 184,
  'steady-gossip': 546,
  'sigkill-failover': 250,
  'manual-failover': 48,
  'slot-migration': 113,
  publish: 25,
  spublish: 50,
  'hostname-extension': 164,
};

function unpack(file: string): Buffer {
  const path = fileURLToPath(new URL(`captures/${file}.gz`, import.meta.url));
  return gunzipSync(readFileSync(path));
}

interface Index {
  readonly nodes: readonly { readonly id: number; readonly name: string }[];
  readonly frames: readonly { readonly off: number; readonly len: number; readonly type: string }[];
}
const readIndex = (name: string): Index =>
  JSON.parse(unpack(`${name}.index.json`).toString()) as Index;

function frameOf({ decoded }: FoundFrame): BusFrame {
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.refusal));
  return decoded.frame;
}

describe.each(Object.entries(FRAMES))('%s: %i frames', (name, count) => {
  const bytes = unpack(`${name}.bin`);
  const found = [...readFrames(bytes)];

  test('each where the index says it is', () => {
    expect(found).toHaveLength(count);
    const index = readIndex(name).frames.map(({ off, len, type }) => [off, len, type]);
    expect(found.map((one) => [one.at, one.bytes.length, theirType(frameOf(one))])).toEqual(index);
  });

  test.each<[string, (frame: BusFrame) => Uint8Array]>([
    ['as a frame', encodeFrame],
    ['as a message', (frame) => encodeFrame(throughMessage(frame))],
    ['as a line of JSON', throughLine],
  ])('%s and back, bit for bit', (_how, through) => {
    const again = Buffer.concat(found.map((one) => through(frameOf(one))));
    expect(again.equals(bytes)).toBe(true);
  });

  test.each([1, 7, 1_460, 65_536])('in chunks of %i bytes: nothing left over', (size) => {
    const splitter = frameSplitter();
    const frames: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      frames.push(...splitter.push(bytes.subarray(at, at + size)));
    }
    expect(frames).toHaveLength(count);
    expect(splitter.heldBytes()).toBe(0);
    expect(Buffer.concat(frames).equals(bytes)).toBe(true);
  });

  test('what another decoder says', () => {
    const { nodes } = readIndex(name);
    const nameOf = (id: unknown): string => {
      const node = nodes.find((one) => one.name === id);
      return node ? `n${node.id}` : String(id).slice(0, 8);
    };
    const theirs = JSON.parse(unpack(`${name}.decoded.json`).toString()) as object[];
    const ours = found.map((one) => inTheirWords(frameOf(one), nameOf));
    for (const [i, frame] of ours.entries()) expect(theirs[i], `frame ${i}`).toMatchObject(frame);
  });
});

describe('later recordings, with UPDATE among them', () => {
  const folder = fileURLToPath(new URL('../shadow/captures/', import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith('.bin.gz'));

  test.each(names)('%s: as frames and as messages, bit for bit', (name) => {
    const bytes = gunzipSync(readFileSync(folder + name));
    const frames = [...readFrames(bytes)].map(frameOf);
    expect(Buffer.concat(frames.map(encodeFrame)).equals(bytes)).toBe(true);
    const messages = frames.map((frame) => encodeFrame(throughMessage(frame)));
    expect(Buffer.concat(messages).equals(bytes)).toBe(true);
  });
});

function throughMessage(frame: BusFrame): BusFrame {
  const understood = messageOfFrame(frame);
  if (!understood.ok) throw new Error(understood.reason);
  return frameOfMessage(understood.message);
}

function throughLine(frame: BusFrame): Uint8Array {
  const parsed = parseFrameLine(printFrameLine(frame, encodeFrame(frame).length));
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.bytes;
}

const theirType = ({ type }: BusFrame): string => String(type).replace('FAILOVER_', '');

type Named = (id: unknown) => string;

function inTheirWords(frame: BusFrame, nameOf: Named): object {
  return { type: theirType(frame), ...theirHeader(frame, nameOf), ...theirBody(frame, nameOf) };
}

function theirHeader(frame: FrameHeader, nameOf: Named): object {
  const [mflags] = frame.mflags;
  return {
    sender: nameOf(frame.sender),
    ...(frame.slaveof !== null && { slaveof: nameOf(frame.slaveof) }),
    port: frame.port,
    cport: frame.cport,
    curEpoch: frame.currentEpoch,
    cfgEpoch: frame.configEpoch,
    off: frame.offset,
    flags: frame.flags,
    state: frame.state,
    ...(frame.myslots.length > 0 && { slots: printSlots(frame.myslots).replaceAll(' ', ',') }),
    ...(mflags !== 0 && { mflags }),
    ...(frame.myip !== '' && { myip: frame.myip }),
  };
}

function theirBody(frame: BusFrame, nameOf: Named): object {
  switch (frame.type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return {
        gossip: frame.gossip.map(({ nodename, pingSent, pongReceived, flags, port, cport }) => [
          nameOf(nodename),
          ...[pingSent, pongReceived, flags, port, cport],
        ]),
      };
    case 'FAIL':
      return { about: nameOf(frame.about) };
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return { channel: frame.channel, message: frame.message };
    default:
      return {};
  }
}
