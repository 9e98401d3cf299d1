/**
 * Bytes to a BusFrame. Refuses what redis-server refuses, and says why; it never throws, and uses
 * no more time and memory than the bytes it is given are long.
 * Source: clusterProcessPacket, clusterProcessGossipSection, clusterProcessPingExtensions.
 */
import {
  TYPE_OF_CODE,
  type BusFrame,
  type ExtensionFrame,
  type FrameBody,
  type FrameHeader,
  type GossipFrame,
} from './bus-frame';
import { byteText, hexOf, paddedText, readU64, type ByteText } from './frame-values';
import { checkFrame } from './check-frame';
import { hostnameBytes } from './encode-frame';
import {
  BITMAP_BYTES,
  EXTENSION_HEADER_BYTES,
  EXTENSION_HOSTNAME,
  GOSSIP,
  GOSSIP_BYTES,
  HEADER,
  HEADER_BYTES,
  IP_BYTES,
  MFLAG_EXT_DATA,
  MODULE_HEADER_BYTES,
  NAME_BYTES,
  NOTUSED_BYTES,
  PUBLISH_HEADER_BYTES,
} from './layout';
import type { Refusal } from './refusal';
import { slotsOfBitmap } from './slot-bitmap';

export type Decoded =
  | { readonly ok: true; readonly frame: BusFrame }
  | { readonly ok: false; readonly refusal: Refusal };

/** Decodes `bytes`, which must be one message and no more; readFrames takes many. */
export function decodeFrame(bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refusal = checkFrame(view);
  if (refusal) return { ok: false, refusal };
  const from: Source = { bytes, view };
  const body = readBody(from);
  return { ok: true, frame: { ...readHeader(from, body), ...body } };
}

interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function textAt({ bytes }: Source, at: number, length: number): ByteText {
  return paddedText(bytes.subarray(at, at + length));
}

function slotsAt({ bytes }: Source, at: number) {
  return slotsOfBitmap(bytes.subarray(at, at + BITMAP_BYTES));
}

function readHeader(from: Source, body: FrameBody): FrameHeader {
  const { view } = from;
  const u16 = (at: number) => view.getUint16(at);
  const state = view.getUint8(HEADER.state);
  const slaveof = textAt(from, HEADER.slaveof, NAME_BYTES);
  return {
    port: u16(HEADER.port),
    currentEpoch: readU64(view, HEADER.currentEpoch),
    configEpoch: readU64(view, HEADER.configEpoch),
    offset: readU64(view, HEADER.offset),
    sender: textAt(from, HEADER.sender, NAME_BYTES),
    myslots: slotsAt(from, HEADER.myslots),
    slaveof: slaveof === '' ? null : slaveof,
    myip: textAt(from, HEADER.myip, IP_BYTES),
    pport: u16(HEADER.pport),
    cport: u16(HEADER.cport),
    flags: u16(HEADER.flags),
    state: state === 0 ? 'ok' : state === 1 ? 'fail' : state,
    mflags: [0, 1, 2].map((i) => view.getUint8(HEADER.mflags + i)) as [number, number, number],
    ...readUnusual(from, body),
  };
}

/** Fields that redis-server leaves at what the rest of the message already says. */
function readUnusual({ bytes, view }: Source, body: FrameBody): Partial<FrameHeader> {
  const count = view.getUint16(HEADER.count);
  const extensionCount = view.getUint16(HEADER.extensions);
  const notused1 = bytes.subarray(HEADER.notused1, HEADER.notused1 + NOTUSED_BYTES);
  const extensions = 'extensions' in body ? body.extensions.length : 0;
  return {
    ...(count !== ('gossip' in body ? body.gossip.length : 0) && { count }),
    ...(extensionCount !== extensions && { extensionCount }),
    ...(notused1.some((byte) => byte !== 0) && { notused1: hexOf(notused1) }),
  };
}

function readBody(from: Source): FrameBody {
  const { bytes, view } = from;
  const code = view.getUint16(HEADER.type);
  const type = TYPE_OF_CODE[code];
  if (type === undefined) return { type: code, data: hexOf(bytes.subarray(HEADER_BYTES)) };
  switch (type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return { type, gossip: readGossip(from), extensions: readExtensions(from) };
    case 'FAIL':
      return { type, about: textAt(from, HEADER_BYTES, NAME_BYTES) };
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return { type, ...readPublish(from) };
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
    case 'MFSTART':
      return { type };
    case 'UPDATE':
      return { type, nodecfg: readUpdate(from) };
    case 'MODULE':
      return { type, ...readModule(from) };
  }
}

function readGossip(from: Source): GossipFrame[] {
  const count = from.view.getUint16(HEADER.count);
  return Array.from({ length: count }, (_, i) => gossipAt(from, HEADER_BYTES + i * GOSSIP_BYTES));
}

function gossipAt(from: Source, at: number): GossipFrame {
  const { view } = from;
  const notused1 = view.getUint16(at + GOSSIP.notused1);
  return {
    nodename: textAt(from, at + GOSSIP.nodename, NAME_BYTES),
    pingSent: view.getUint32(at + GOSSIP.pingSent),
    pongReceived: view.getUint32(at + GOSSIP.pongReceived),
    ip: textAt(from, at + GOSSIP.ip, IP_BYTES),
    port: view.getUint16(at + GOSSIP.port),
    cport: view.getUint16(at + GOSSIP.cport),
    flags: view.getUint16(at + GOSSIP.flags),
    pport: view.getUint16(at + GOSSIP.pport),
    ...(notused1 !== 0 && { notused1 }),
  };
}

/** The checks have shown that these fill the message to its end. */
function readExtensions(from: Source): ExtensionFrame[] {
  const { view } = from;
  const extensions: ExtensionFrame[] = [];
  if (!(view.getUint8(HEADER.mflags) & MFLAG_EXT_DATA)) return extensions;
  let at = HEADER_BYTES + view.getUint16(HEADER.count) * GOSSIP_BYTES;
  while (at < view.byteLength) {
    extensions.push(extensionAt(from, at));
    at += view.getUint32(at);
  }
  return extensions;
}

function extensionAt({ bytes, view }: Source, at: number): ExtensionFrame {
  const type = view.getUint16(at + 4);
  const unusedField = view.getUint16(at + 6);
  const unused = unusedField === 0 ? {} : { unused: unusedField };
  const data = bytes.subarray(at + EXTENSION_HEADER_BYTES, at + view.getUint32(at));
  const hostname = paddedText(data);
  const isUsual = type === EXTENSION_HOSTNAME && hostnameBytes(hostname) === data.length;
  if (isUsual) return { type: 'HOSTNAME', hostname, ...unused };
  return { type, data: hexOf(data), ...unused };
}

function readPublish({ bytes, view }: Source): { channel: ByteText; message: ByteText } {
  const start = HEADER_BYTES + PUBLISH_HEADER_BYTES;
  const middle = start + view.getUint32(HEADER_BYTES);
  return {
    channel: byteText(bytes.subarray(start, middle)),
    message: byteText(bytes.subarray(middle)),
  };
}

function readUpdate(from: Source) {
  const at = HEADER_BYTES;
  return {
    configEpoch: readU64(from.view, at),
    nodename: textAt(from, at + 8, NAME_BYTES),
    slots: slotsAt(from, at + 8 + NAME_BYTES),
  };
}

function readModule({ bytes, view }: Source) {
  return {
    moduleId: hexOf(bytes.subarray(HEADER_BYTES, HEADER_BYTES + 8)),
    moduleType: view.getUint8(HEADER_BYTES + 12),
    data: hexOf(bytes.subarray(HEADER_BYTES + MODULE_HEADER_BYTES)),
  };
}
