/**
 * A BusFrame to bytes. What decodeFrame made of some bytes gives the same bytes again.
 * Source: clusterBuildMessageHdr, clusterSetGossipEntry, writeHostnamePingExt, clusterSendUpdate,
 * clusterCreatePublishMsgBlock..., src/cluster.c.
 */
import {
  TYPE_OF_CODE,
  type BusFrame,
  type ExtensionFrame,
  type FrameHeader,
  type GossipFrame,
} from './bus-frame';
import { bytesOfHex, bytesOfText, writeU64, type ByteText } from './frame-values';
import {
  BITMAP_BYTES,
  EXTENSION_HEADER_BYTES,
  EXTENSION_HOSTNAME,
  GOSSIP,
  GOSSIP_BYTES,
  HEADER,
  HEADER_BYTES,
  IP_BYTES,
  NAME_BYTES,
  NOTUSED_BYTES,
  SIGNATURE,
  UPDATE_BYTES,
  VERSION,
} from './layout';
import { writeBitmap } from './slot-bitmap';
import type { SlotRanges } from '../slot-ranges';

/**
 * The bytes of a message. A number too large for its field loses its upper bits, a text too long
 * its end, as in C.
 */
export function encodeFrame(frame: BusFrame): Uint8Array {
  const data = dataOf(frame);
  const into = blank(HEADER_BYTES + data.length);
  writeHeader(into, frame);
  into.bytes.set(data, HEADER_BYTES);
  return into.bytes;
}

/** How long the data of a hostname extension is: the name, a zero byte at least, then padding. */
export function hostnameBytes(hostname: ByteText): number {
  return (Math.floor(bytesOfText(hostname).length / 8) + 1) * 8;
}

interface Target {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function blank(length: number): Target {
  const buffer = new ArrayBuffer(length);
  return { bytes: new Uint8Array(buffer), view: new DataView(buffer) };
}

function setText({ bytes }: Target, at: number, text: ByteText, length: number): void {
  bytes.set(bytesOfText(text).subarray(0, length), at);
}

function setSlots({ bytes }: Target, at: number, slots: SlotRanges): void {
  writeBitmap(bytes.subarray(at, at + BITMAP_BYTES), slots);
}

function writeHeader(into: Target, frame: BusFrame): void {
  const { bytes, view } = into;
  const u16 = (at: number, value: number) => view.setUint16(at, value);
  bytes.set(SIGNATURE, HEADER.signature);
  view.setUint32(HEADER.totlen, bytes.length);
  u16(HEADER.ver, VERSION);
  u16(HEADER.port, frame.port);
  u16(HEADER.type, typeof frame.type === 'number' ? frame.type : TYPE_OF_CODE.indexOf(frame.type));
  writeU64(view, HEADER.currentEpoch, frame.currentEpoch);
  writeU64(view, HEADER.configEpoch, frame.configEpoch);
  writeU64(view, HEADER.offset, frame.offset);
  setText(into, HEADER.sender, frame.sender, NAME_BYTES);
  setSlots(into, HEADER.myslots, frame.myslots);
  setText(into, HEADER.slaveof, frame.slaveof ?? '', NAME_BYTES);
  setText(into, HEADER.myip, frame.myip, IP_BYTES);
  bytes.set(bytesOfHex(frame.notused1 ?? '').subarray(0, NOTUSED_BYTES), HEADER.notused1);
  u16(HEADER.pport, frame.pport);
  u16(HEADER.cport, frame.cport);
  u16(HEADER.flags, frame.flags);
  bytes[HEADER.state] = stateByte(frame.state);
  bytes.set(frame.mflags, HEADER.mflags);
  u16(HEADER.count, frame.count ?? ('gossip' in frame ? frame.gossip.length : 0));
  u16(HEADER.extensions, frame.extensionCount ?? extensionsOf(frame).length);
}

const extensionsOf = (frame: BusFrame) => ('extensions' in frame ? frame.extensions : []);

function stateByte(state: FrameHeader['state']): number {
  if (typeof state === 'number') return state;
  return state === 'ok' ? 0 : 1;
}

function dataOf(frame: BusFrame): Uint8Array {
  switch (frame.type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return joined([...frame.gossip.map(gossipBytes), ...frame.extensions.map(extensionBytes)]);
    case 'FAIL':
      return nameBytes(frame.about);
    case 'PUBLISH':
    case 'PUBLISHSHARD':
      return publishBytes(frame);
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
    case 'MFSTART':
      return new Uint8Array(0);
    case 'UPDATE':
      return updateBytes(frame.nodecfg);
    case 'MODULE':
      return moduleBytes(frame);
    default:
      return bytesOfHex(frame.data);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function gossipBytes(entry: GossipFrame): Uint8Array {
  const into = blank(GOSSIP_BYTES);
  const { view } = into;
  setText(into, GOSSIP.nodename, entry.nodename, NAME_BYTES);
  view.setUint32(GOSSIP.pingSent, entry.pingSent);
  view.setUint32(GOSSIP.pongReceived, entry.pongReceived);
  setText(into, GOSSIP.ip, entry.ip, IP_BYTES);
  view.setUint16(GOSSIP.port, entry.port);
  view.setUint16(GOSSIP.cport, entry.cport);
  view.setUint16(GOSSIP.flags, entry.flags);
  view.setUint16(GOSSIP.pport, entry.pport);
  view.setUint16(GOSSIP.notused1, entry.notused1 ?? 0);
  return into.bytes;
}

function extensionBytes(extension: ExtensionFrame): Uint8Array {
  const isHostname = extension.type === 'HOSTNAME';
  const data = isHostname ? bytesOfText(extension.hostname) : bytesOfHex(extension.data);
  const length = isHostname ? hostnameBytes(extension.hostname) : data.length;
  const { bytes, view } = blank(EXTENSION_HEADER_BYTES + length);
  view.setUint32(0, bytes.length);
  view.setUint16(4, extension.type === 'HOSTNAME' ? EXTENSION_HOSTNAME : extension.type);
  view.setUint16(6, extension.unused ?? 0);
  bytes.set(data, EXTENSION_HEADER_BYTES);
  return bytes;
}

function nameBytes(name: ByteText): Uint8Array {
  const into = blank(NAME_BYTES);
  setText(into, 0, name, NAME_BYTES);
  return into.bytes;
}

type Published = Extract<BusFrame, { type: 'PUBLISH' | 'PUBLISHSHARD' }>;
function publishBytes({ channel, message }: Published): Uint8Array {
  const [name, text] = [bytesOfText(channel), bytesOfText(message)];
  const { bytes, view } = blank(8);
  view.setUint32(0, name.length);
  view.setUint32(4, text.length);
  return joined([bytes, name, text]);
}

type NodeConfiguration = Extract<BusFrame, { type: 'UPDATE' }>['nodecfg'];
function updateBytes({ configEpoch, nodename, slots }: NodeConfiguration): Uint8Array {
  const into = blank(UPDATE_BYTES);
  writeU64(into.view, 0, configEpoch);
  setText(into, 8, nodename, NAME_BYTES);
  setSlots(into, 8 + NAME_BYTES, slots);
  return into.bytes;
}

type ModuleFrame = Extract<BusFrame, { type: 'MODULE' }>;
function moduleBytes({ moduleId, moduleType, data }: ModuleFrame): Uint8Array {
  const content = bytesOfHex(data);
  const { bytes, view } = blank(5);
  view.setUint32(0, content.length);
  view.setUint8(4, moduleType);
  return joined([bytesOfHex(moduleId), bytes, content]);
}
