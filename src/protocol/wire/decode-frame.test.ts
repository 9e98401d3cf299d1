import { describe, expect, test } from 'vitest';
import type { BusFrame, FrameHeader } from './bus-frame';
import { decodeFrame } from './decode-frame';
import { encodeFrame } from './encode-frame';
import { HEADER, HEADER_BYTES } from './layout';
import { printRefusal, type Refusal } from './refusal';

const header: FrameHeader = {
  port: 6_379,
  currentEpoch: 6,
  configEpoch: 1,
  offset: 14,
  sender: 'a'.repeat(40),
  myslots: [[0, 5_460]],
  slaveof: null,
  myip: '',
  pport: 0,
  cport: 16_379,
  flags: 17,
  state: 'ok',
  mflags: [0, 0, 0],
};
const ping: BusFrame = { ...header, type: 'PING', gossip: [], extensions: [] };
const hostname: BusFrame = {
  ...ping,
  mflags: [4, 0, 0],
  extensions: [{ type: 'HOSTNAME', hostname: 'a.example' }],
};

/** The bytes of `frame` after `change` had its way with them. */
function bytesOf(frame: BusFrame, change: (view: DataView) => void = () => undefined): Uint8Array {
  const bytes = encodeFrame(frame);
  change(new DataView(bytes.buffer));
  return bytes;
}

function refusalOf(bytes: Uint8Array): Refusal {
  const decoded = decodeFrame(bytes);
  if (decoded.ok) throw new Error(`decoded: ${JSON.stringify(decoded.frame)}`);
  return decoded.refusal;
}

function frameOf(bytes: Uint8Array): BusFrame {
  const decoded = decodeFrame(bytes);
  if (!decoded.ok) throw new Error(printRefusal(decoded.refusal));
  return decoded.frame;
}

describe('the checks of clusterReadHandler: the connection is closed', () => {
  const log = 'Bad message length or signature received from Cluster bus.';

  test('another signature', () => {
    const refusal = refusalOf(bytesOf(ping, (view) => view.setUint8(3, 0x41)));
    expect(refusal).toMatchObject({ problem: 'signature', at: 0, closesLink: true, log });
    expect(refusal.countedAs).toBeNull();
    expect(printRefusal(refusal)).toBe(
      'byte 0: found 52436d41; expected 52436d62, the signature "RCmb"',
    );
  });

  test('a length shorter than the header', () => {
    const refusal = refusalOf(bytesOf(ping, (view) => view.setUint32(HEADER.totlen, 2_255)));
    expect(refusal).toMatchObject({ problem: 'totlen', at: 4, closesLink: true, log });
    expect(printRefusal(refusal, 1_000)).toBe(
      'byte 1004: found a message length of 2255; expected 2256 or more, the length of the header',
    );
  });
});

describe('the head of clusterProcessPacket: the message is dropped, and counted all the same', () => {
  test('another version: without a word', () => {
    const refusal = refusalOf(bytesOf(ping, (view) => view.setUint16(HEADER.ver, 2)));
    expect(refusal).toMatchObject({ problem: 'version', at: 8, log: null, countedAs: 'PING' });
  });

  test('the version comes before the length', () => {
    const bytes = bytesOf(ping, (view) => {
      view.setUint16(HEADER.ver, 0);
      view.setUint16(HEADER.count, 9);
    });
    expect(refusalOf(bytes).problem).toBe('version');
  });

  test.each<[string, BusFrame, (view: DataView) => void, number, number]>([
    ['ping', hostname, (view) => view.setUint8(HEADER.mflags, 0), 2_280, 2_256],
    ['ping', hostname, (view) => view.setUint16(HEADER.extensions, 0), 2_280, 2_256],
    ['fail', ping, (view) => view.setUint16(HEADER.type, 3), 2_256, 2_296],
    ['publish', ping, (view) => view.setUint16(HEADER.type, 4), 2_256, 2_264],
    ['update', ping, (view) => view.setUint16(HEADER.type, 7), 2_256, 4_352],
    ['mfstart', hostname, (view) => view.setUint16(HEADER.type, 8), 2_280, 2_256],
    ['module', ping, (view) => view.setUint16(HEADER.type, 9), 2_256, 2_269],
    ['publishshard', ping, (view) => view.setUint16(HEADER.type, 10), 2_256, 2_264],
  ])('a %s of a length that does not fit (%#)', (word, frame, change, length, expected) => {
    const refusal = refusalOf(bytesOf(frame, change));
    expect(refusal).toMatchObject({
      problem: 'length',
      closesLink: false,
      log: `Received invalid ${word} packet of length ${length} but expected length ${expected}`,
      countedAs: word.toUpperCase(),
    });
  });

  test('a PUBLISH that claims 8 GB', () => {
    const publish: BusFrame = { ...header, type: 'PUBLISH', channel: 'ch', message: 'hello' };
    const bytes = bytesOf(publish, (view) => {
      view.setUint32(HEADER_BYTES, 0xffff_ffff);
      view.setUint32(HEADER_BYTES + 4, 0xffff_ffff);
    });
    const refusal = refusalOf(bytes);
    expect(refusal.expected).toContain('8589936854');
    expect(refusal.log).toBe(
      'Received invalid publish packet of length 2271 but expected length 2262',
    );
  });

  test.each([
    [ping, 2, 2_256],
    [hostname, 65_535, 2_280],
  ])('more gossip than there is room for (%#)', (frame, count, length) => {
    const refusal = refusalOf(bytesOf(frame, (view) => view.setUint16(HEADER.count, count)));
    expect(refusal).toMatchObject({ problem: 'gossip', at: 14, closesLink: false });
    expect(refusal.log).toBe(
      `Received invalid ping packet with gossip count ${count} that exceeds total packet length (${length})`,
    );
  });

  test.each([
    [23, 23],
    [0, 0],
    [0x1_0017, 23],
  ])('an extension of %i bytes, which is not a multiple of 8', (length, logged) => {
    const bytes = bytesOf(hostname, (view) => view.setUint32(HEADER_BYTES, length));
    expect(refusalOf(bytes)).toMatchObject({
      problem: 'padding',
      at: 2_256,
      log: `Received a ping packet without proper padding (${logged} bytes)`,
    });
  });

  test('an extension that goes beyond the message', () => {
    const log =
      'Received invalid ping packet with extension data that exceeds total packet length (2280)';
    const tooLong = refusalOf(bytesOf(hostname, (view) => view.setUint32(HEADER_BYTES, 32)));
    expect(tooLong).toMatchObject({ problem: 'extension', at: 2_256, log });
    const oneMore = refusalOf(bytesOf(hostname, (view) => view.setUint16(HEADER.extensions, 2)));
    expect(oneMore).toMatchObject({ problem: 'extension', at: 2_280, log });
  });

  test('an extension of more than 64 KiB: redis-server adds lengths up in 16 bits', () => {
    const data = '00'.repeat(65_536);
    const large: BusFrame = { ...hostname, extensions: [{ type: 9, data }] };
    expect(refusalOf(bytesOf(large)).log).toBe(
      'Received invalid ping packet of length 67800 but expected length 2264',
    );
  });
});

describe('sizes: what is asked for is one message', () => {
  const bytes = encodeFrame(ping);

  test.each([0, 7, 8, 2_255])('its first %i bytes', (length) => {
    const refusal = refusalOf(bytes.subarray(0, length));
    expect(refusal).toMatchObject({
      problem: 'incomplete',
      at: length,
      found: `the end after ${length} bytes`,
    });
  });

  test('one byte more', () => {
    const refusal = refusalOf(new Uint8Array([...bytes, 0]));
    expect(refusal).toMatchObject({ problem: 'surplus', at: 2_256 });
  });
});

describe('what 7.0 does not know is let through', () => {
  test('a type: of any length', () => {
    const unknown: BusFrame = { ...header, type: 77, data: 'c0ffee' };
    expect(frameOf(bytesOf(unknown))).toEqual(unknown);
  });

  test('extensions of later versions: skipped by their length', () => {
    const later: BusFrame = {
      ...hostname,
      extensions: [
        { type: 3, data: '61'.repeat(40) },
        { type: 'HOSTNAME', hostname: 'a.example' },
      ],
    };
    expect(frameOf(bytesOf(later))).toEqual(later);
  });
});

describe('nothing is lost', () => {
  test.each<[string, BusFrame]>([
    [
      'epochs above 2^53',
      { ...ping, currentEpoch: '9007199254740992', offset: '1' + '0'.repeat(19) },
    ],
    ['an epoch of 2^53 - 1', { ...ping, currentEpoch: Number.MAX_SAFE_INTEGER }],
    ['reserved bytes', { ...ping, notused1: '01'.repeat(30) }],
    ['an id that is no text', { ...ping, sender: { hex: 'ff'.repeat(40) } }],
    ['a zero byte inside a field', { ...ping, myip: '10.0.0.1\0left over' }],
    ['a state beyond ok and fail', { ...ping, state: 2 }],
    ['an extension count without extensions', { ...ping, extensionCount: 3 }],
    ['a gossip count in a FAIL', { ...header, type: 'FAIL', about: 'b'.repeat(40), count: 5 }],
    ['a byte order mark', { ...header, type: 'PUBLISH', channel: '\ufeff', message: '\ufeffx' }],
    [
      'bytes that are not UTF-8',
      { ...header, type: 'PUBLISH', channel: 'c', message: { hex: 'c3' } },
    ],
    [
      'a hostname without its zero byte',
      { ...hostname, extensions: [{ type: 0, data: '61'.repeat(8) }] },
    ],
    [
      'the unused bytes of an extension',
      { ...hostname, extensions: [{ type: 1, data: '', unused: 7 }] },
    ],
  ])('%s', (_what, frame) => {
    const bytes = bytesOf(frame);
    expect(frameOf(bytes)).toEqual(frame);
    expect(encodeFrame(frameOf(bytes))).toEqual(bytes);
    expect(JSON.parse(JSON.stringify(frame))).toEqual(frame);
  });
});
