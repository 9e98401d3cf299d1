/**
 * Between what a message means (BusMessage) and how it stands on the wire (BusFrame): virtual
 * milliseconds and Unix seconds, flags and their bits, hexadecimal and text.
 * Source: clusterBuildMessageHdr, clusterSetGossipEntry, clusterProcessPacket, src/cluster.c.
 */
import type { BusHeader, BusMessage, GossipEntry, PingExtension } from '../bus-message';
import { bytesOf, textOf } from '../byte-text';
import { CLOCK_ORIGIN_MS } from '../config';
import { nodeId, type NodeId } from '../ids';
import type { BusFrame, ExtensionFrame, FrameBody, FrameHeader, GossipFrame } from './bus-frame';
import { byteText, bytesOfText, type ByteText, type U64 } from './frame-values';
import { EXTENSION_HOSTNAME, MFLAG_EXT_DATA, MFLAG_FORCEACK, MFLAG_PAUSED } from './layout';

export type Understood =
  | { readonly ok: true; readonly message: BusMessage }
  /** `reason`: one sentence; `log`: what redis-server logs, as WARNING, if anything. */
  | { readonly ok: false; readonly reason: string; readonly log: string | null };

class NotUnderstood extends Error {}

/**
 * What a frame says. `originMs`, a whole number, is the Unix millisecond of virtual time 0.
 * Refused: a type unknown to 7.0, ids that are none, epochs and offsets above 2^53 - 1.
 * Simplified: redis-server takes any 40 bytes as an id and any 64 bits as an epoch or offset.
 */
export function messageOfFrame(frame: BusFrame, originMs = CLOCK_ORIGIN_MS): Understood {
  if (typeof frame.type === 'number') {
    const log = `Received unknown packet type: ${frame.type}`;
    return { ok: false, reason: `type ${frame.type} is unknown; 7.0 knows 0 to 10`, log };
  }
  try {
    return { ok: true, message: { ...headerOf(frame), ...contentOf(frame, originMs) } };
  } catch (error) {
    if (error instanceof NotUnderstood) return { ok: false, reason: error.message, log: null };
    throw error;
  }
}

/**
 * The frame redis-server would send for `message`. `originMs` as for messageOfFrame.
 * Simplified: pport is 0, for there is no TLS here.
 */
export function frameOfMessage(message: BusMessage, originMs = CLOCK_ORIGIN_MS): BusFrame {
  return { ...headerFrameOf(message), ...bodyOf(message, originMs) };
}

function headerOf(frame: FrameHeader): BusHeader {
  return {
    sender: idOf(frame.sender, 'sender'),
    currentEpoch: safeNumber(frame.currentEpoch, 'currentEpoch'),
    configEpoch: safeNumber(frame.configEpoch, 'configEpoch'),
    offsetBytes: safeNumber(frame.offset, 'offset'),
    slots: frame.myslots,
    masterId: frame.slaveof === null ? null : idOf(frame.slaveof, 'slaveof'),
    ip: cString(frame.myip),
    port: frame.port,
    busPort: frame.cport,
    flags: frame.flags,
    clusterState: frame.state === 'ok' ? 'ok' : 'fail',
    paused: (frame.mflags[0] & MFLAG_PAUSED) !== 0,
    forceAck: (frame.mflags[0] & MFLAG_FORCEACK) !== 0,
  };
}

/** Text up to the first zero byte, as C reads it. */
function cString(text: ByteText): string {
  return plainText(text).split('\0', 1)[0]!;
}

/** Text as the rest of the protocol has it, where bytes that are no UTF-8 have their own place. */
const plainText = (text: ByteText): string =>
  typeof text === 'string' ? text : textOf(bytesOfText(text));

function idOf(text: ByteText, field: string): NodeId {
  if (typeof text === 'string' && /^[a-z0-9]{40}$/.test(text)) return nodeId(text);
  const found = JSON.stringify(text);
  throw new NotUnderstood(`${field} is ${found}, expected 40 characters of a-z and 0-9`);
}

function safeNumber(value: U64, field: string): number {
  if (typeof value === 'number') return value;
  throw new NotUnderstood(`${field} is ${value}, expected at most ${Number.MAX_SAFE_INTEGER}`);
}

type Content = BusMessage extends infer M
  ? M extends BusMessage
    ? Omit<M, keyof BusHeader>
    : never
  : never;
type KnownFrame = Exclude<BusFrame, { type: number }>;

function contentOf(frame: KnownFrame, originMs: number): Content {
  switch (frame.type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return {
        type: frame.type,
        gossip: frame.gossip.map((entry) => gossipOf(entry, originMs)),
        extensions: frame.extensions.map(extensionOf),
      };
    case 'FAIL':
      return { type: frame.type, about: idOf(frame.about, 'the node of a FAIL') };
    case 'PUBLISH':
    case 'PUBLISHSHARD': {
      const { type, channel, message } = frame;
      return { type, channel: plainText(channel), message: plainText(message) };
    }
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
    case 'MFSTART':
      return { type: frame.type };
    case 'UPDATE':
      return {
        type: frame.type,
        about: idOf(frame.nodecfg.nodename, 'the node of an UPDATE'),
        aboutConfigEpoch: safeNumber(frame.nodecfg.configEpoch, 'the configEpoch of an UPDATE'),
        aboutSlots: frame.nodecfg.slots,
      };
    case 'MODULE': {
      const { type, moduleId, moduleType, data } = frame;
      return { type, moduleId, moduleType, data };
    }
  }
}

function gossipOf(entry: GossipFrame, originMs: number): GossipEntry {
  return {
    id: idOf(entry.nodename, 'a node in the gossip'),
    pingSentSecondMs: virtualMs(entry.pingSent, originMs),
    pongReceivedSecondMs: virtualMs(entry.pongReceived, originMs),
    ip: cString(entry.ip),
    port: entry.port,
    busPort: entry.cport,
    flags: entry.flags,
  };
}

/** 0 is never, on the wire as in the table. */
function virtualMs(unixSecond: number, originMs: number): number {
  return unixSecond === 0 ? 0 : unixSecond * 1_000 - originMs;
}

function unixSecond(virtualMs: number, originMs: number): number {
  return virtualMs === 0 ? 0 : Math.floor((virtualMs + originMs) / 1_000);
}

function extensionOf(extension: ExtensionFrame): PingExtension {
  if (extension.type === 'HOSTNAME') {
    return { type: 'HOSTNAME', hostname: cString(extension.hostname) };
  }
  if (extension.type === EXTENSION_HOSTNAME) {
    return { type: 'HOSTNAME', hostname: cString({ hex: extension.data }) };
  }
  return { type: 'UNKNOWN', code: extension.type, data: extension.data };
}

function headerFrameOf(message: BusMessage): FrameHeader {
  const hasExtensions = 'extensions' in message && message.extensions.length > 0;
  const mflags =
    (message.paused ? MFLAG_PAUSED : 0) |
    (message.forceAck ? MFLAG_FORCEACK : 0) |
    (hasExtensions ? MFLAG_EXT_DATA : 0);
  return {
    port: message.port,
    currentEpoch: message.currentEpoch,
    configEpoch: message.configEpoch,
    offset: message.offsetBytes,
    sender: message.sender,
    myslots: message.slots,
    slaveof: message.masterId,
    myip: message.ip,
    pport: 0,
    cport: message.busPort,
    flags: message.flags,
    state: message.clusterState,
    mflags: [mflags, 0, 0],
  };
}

function bodyOf(message: BusMessage, originMs: number): FrameBody {
  switch (message.type) {
    case 'PING':
    case 'PONG':
    case 'MEET':
      return {
        type: message.type,
        gossip: message.gossip.map((entry) => gossipFrameOf(entry, originMs)),
        extensions: message.extensions.map(extensionFrameOf),
      };
    case 'FAIL':
      return { type: message.type, about: message.about };
    case 'PUBLISH':
    case 'PUBLISHSHARD': {
      const { type, channel, message: text } = message;
      return { type, channel: byteText(bytesOf(channel)), message: byteText(bytesOf(text)) };
    }
    case 'FAILOVER_AUTH_REQUEST':
    case 'FAILOVER_AUTH_ACK':
    case 'MFSTART':
      return { type: message.type };
    case 'UPDATE': {
      const { type, about: nodename, aboutConfigEpoch: configEpoch, aboutSlots: slots } = message;
      return { type, nodecfg: { configEpoch, nodename, slots } };
    }
    case 'MODULE': {
      const { type, moduleId, moduleType, data } = message;
      return { type, moduleId, moduleType, data };
    }
  }
}

function gossipFrameOf(entry: GossipEntry, originMs: number): GossipFrame {
  return {
    nodename: entry.id,
    pingSent: unixSecond(entry.pingSentSecondMs, originMs),
    pongReceived: unixSecond(entry.pongReceivedSecondMs, originMs),
    ip: entry.ip,
    port: entry.port,
    cport: entry.busPort,
    flags: entry.flags,
    pport: 0,
  };
}

function extensionFrameOf(extension: PingExtension): ExtensionFrame {
  if (extension.type === 'HOSTNAME') return extension;
  return { type: extension.code, data: extension.data };
}
