/**
 * A message of the cluster bus as rows of offset, bytes, field and value. The bytes come from the
 * codec and every value is read back from them.
 */
import { MESSAGE_TYPE_CODE, type BusMessage } from '../../protocol/bus-message';
import { FAIL, PFAIL, printFlags } from '../../protocol/flags';
import type { NodeId, NodeName } from '../../protocol/ids';
import { printSlots } from '../../protocol/slot-ranges';
import type { BusFrame, GossipFrame } from '../../protocol/wire/bus-frame';
import { decodeFrame } from '../../protocol/wire/decode-frame';
import { encodeFrame } from '../../protocol/wire/encode-frame';
import type { ByteText } from '../../protocol/wire/frame-values';
import {
  BITMAP_BYTES,
  GOSSIP,
  GOSSIP_BYTES,
  HEADER,
  HEADER_BYTES,
  NAME_BYTES,
} from '../../protocol/wire/layout';
import { frameOfMessage } from '../../protocol/wire/message-frame';

export interface ByteField {
  readonly at: number;
  readonly bytes: Uint8Array;
  /** As in the C structs. */
  readonly name: string;
  readonly value: string;
  /** The node whose id this is. */
  readonly node: NodeName | null;
  /** What the message is about: washed in the colour of its news. */
  readonly tone: 'fail' | 'pfail' | 'key' | null;
  /** It differs from the sender's message before. */
  readonly changed: boolean;
}

export interface GossipSection {
  readonly about: NodeName;
  readonly flags: string;
  readonly tone: ByteField['tone'];
  /** Unix seconds; 0 never. */
  readonly pongReceived: number;
  readonly pingSent: number;
  readonly fields: readonly ByteField[];
}

export interface MessageBytes {
  readonly bytes: Uint8Array;
  readonly frame: BusFrame;
  readonly header: readonly ByteField[];
  readonly gossip: readonly GossipSection[];
  /** What follows the header where there is no gossip. */
  readonly body: readonly ByteField[];
}

type Names = ReadonlyMap<NodeId, NodeName>;
type HeaderField = keyof typeof HEADER;

/** Fields that differ from message to message and mean nothing by it. */
const ALWAYS_NEW: readonly HeaderField[] = ['totlen', 'type', 'count', 'offset'];
/** Shown only where a bit of them is set. */
const RARE: readonly HeaderField[] = ['myip', 'extensions', 'notused1', 'pport', 'mflags'];

const DECISIVE: Readonly<Partial<Record<BusMessage['type'], readonly HeaderField[]>>> = {
  FAIL: ['type'],
  FAILOVER_AUTH_REQUEST: ['type', 'currentEpoch', 'configEpoch', 'myslots'],
  FAILOVER_AUTH_ACK: ['type', 'currentEpoch'],
  MFSTART: ['type'],
  UPDATE: ['type'],
  MEET: ['type'],
};

/** The rows of a message; `previous` is the last one its sender sent before, to mark what changed. */
export function messageBytes(
  message: BusMessage,
  names: Names,
  previous: BusMessage | null = null,
): MessageBytes {
  const bytes = encodeFrame(frameOfMessage(message));
  const decoded = decodeFrame(bytes);
  if (!decoded.ok) throw new Error(`our own ${message.type} cannot be read back`);
  const before = previous && encodeFrame(frameOfMessage(previous));
  const { frame } = decoded;
  return {
    bytes,
    frame,
    header: headerFields(bytes, frame, names, before),
    gossip: 'gossip' in frame ? frame.gossip.map((_, i) => gossipAt(bytes, frame, i, names)) : [],
    body: bodyFields(bytes, frame, names),
  };
}

function headerFields(
  bytes: Uint8Array,
  frame: BusFrame,
  names: Names,
  before: Uint8Array | null,
): ByteField[] {
  const all = Object.entries(HEADER) as [HeaderField, number][];
  const decisive = (typeof frame.type === 'string' && DECISIVE[frame.type]) || [];
  return all.flatMap(([name, at], i) => {
    const end = all[i + 1]?.[1] ?? HEADER_BYTES;
    const part = bytes.subarray(at, end);
    if (RARE.includes(name) && part.every((byte) => byte === 0)) return [];
    const tone = decisive.includes(name) ? toneOf(frame.type) : null;
    const changed =
      before !== null && !ALWAYS_NEW.includes(name) && !sameBytes(part, before.subarray(at, end));
    const [value, node] = headerValue(name, frame, bytes.length, names);
    return [{ at, bytes: part, name: FIELD_NAME[name] ?? name, value, node, tone, changed }];
  });
}

/** As clusterMsgDataGossip has them. */
const GOSSIP_NAME: Partial<Record<keyof GossipFrame, string>> = {
  pingSent: 'ping_sent',
  pongReceived: 'pong_received',
};

const FIELD_NAME: Partial<Record<HeaderField, string>> = { signature: 'sig' };

function toneOf(type: BusFrame['type']): ByteField['tone'] {
  return type === 'FAIL' ? 'fail' : 'key';
}

function headerValue(
  name: HeaderField,
  frame: BusFrame,
  length: number,
  names: Names,
): readonly [value: string, node: NodeName | null] {
  switch (name) {
    case 'signature':
      return ['“RCmb”', null];
    case 'totlen':
      return [String(length), null];
    case 'ver':
      return ['1', null];
    case 'type':
      return [typeText(frame.type), null];
    case 'count':
      return [String(frame.count ?? ('gossip' in frame ? frame.gossip.length : 0)), null];
    case 'sender':
      return named(frame.sender, names);
    case 'slaveof':
      return frame.slaveof === null ? ['–', null] : named(frame.slaveof, names);
    case 'myslots':
      return [printSlots(frame.myslots) || '–', null];
    case 'myip':
      return [plain(frame.myip), null];
    case 'flags':
      return [printFlags(frame.flags), null];
    case 'mflags':
      return [mflagsText(frame.mflags[0]), null];
    case 'extensions':
      return ['extensions' in frame ? String(frame.extensions.length) : '0', null];
    case 'notused1':
      return ['', null];
    default:
      return [String(frame[name]), null];
  }
}

function typeText(type: BusFrame['type']): string {
  return typeof type === 'string' ? `${MESSAGE_TYPE_CODE[type]} ${type}` : String(type);
}

function mflagsText(first: number): string {
  const set = [first & 1 && 'PAUSED', first & 2 && 'FORCEACK', first & 4 && 'EXT_DATA'];
  return set.filter((flag) => typeof flag === 'string').join(',');
}

const plain = (text: ByteText): string => (typeof text === 'string' ? text : text.hex);

/** `f465…7a5e` and whose id it is. */
function named(text: ByteText, names: Names): readonly [string, NodeName | null] {
  const id = plain(text);
  return [`${id.slice(0, 4)}…${id.slice(-4)}`, names.get(id as NodeId) ?? null];
}

function gossipAt(bytes: Uint8Array, frame: BusFrame, index: number, names: Names): GossipSection {
  const entry = ('gossip' in frame ? frame.gossip[index] : undefined)!;
  const start = HEADER_BYTES + index * GOSSIP_BYTES;
  const offsets = Object.entries(GOSSIP) as [keyof GossipFrame & keyof typeof GOSSIP, number][];
  const tone: ByteField['tone'] =
    entry.flags & FAIL ? 'fail' : entry.flags & PFAIL ? 'pfail' : null;
  const fields = offsets.flatMap(([name, at], i) => {
    const part = bytes.subarray(start + at, start + (offsets[i + 1]?.[1] ?? GOSSIP_BYTES));
    if ((name === 'pport' || name === 'notused1') && part.every((byte) => byte === 0)) return [];
    const [value, node] = gossipValue(name, entry, names);
    const mark = name === 'flags' ? tone : null;
    const field = GOSSIP_NAME[name] ?? name;
    return [{ at: start + at, bytes: part, name: field, value, node, tone: mark, changed: false }];
  });
  const [short, about] = named(entry.nodename, names);
  const { pongReceived, pingSent } = entry;
  const flags = printFlags(entry.flags);
  return { about: about ?? short, flags, tone, pongReceived, pingSent, fields };
}

function gossipValue(
  name: keyof GossipFrame,
  entry: GossipFrame,
  names: Names,
): readonly [string, NodeName | null] {
  if (name === 'nodename') return named(entry.nodename, names);
  if (name === 'ip') return [plain(entry.ip), null];
  if (name === 'flags') return [printFlags(entry.flags), null];
  return [String(entry[name] ?? 0), null];
}

function bodyFields(bytes: Uint8Array, frame: BusFrame, names: Names): ByteField[] {
  const row = (
    at: number,
    length: number,
    name: string,
    [value, node]: readonly [string, NodeName | null],
    tone: ByteField['tone'] = 'key',
  ): ByteField => {
    const start = HEADER_BYTES + at;
    return {
      ...{ at: start, bytes: bytes.subarray(start, start + length) },
      ...{ name, value, node, tone, changed: false },
    };
  };
  switch (frame.type) {
    case 'FAIL':
      return [row(0, NAME_BYTES, 'about', named(frame.about, names), 'fail')];
    case 'UPDATE': {
      const { configEpoch, nodename, slots } = frame.nodecfg;
      return [
        row(0, 8, 'configEpoch', [String(configEpoch), null]),
        row(8, NAME_BYTES, 'nodename', named(nodename, names)),
        row(8 + NAME_BYTES, BITMAP_BYTES, 'slots', [printSlots(slots) || '–', null]),
      ];
    }
    case 'PUBLISH':
    case 'PUBLISHSHARD': {
      const [channel, text] = [frame.channel, frame.message].map(plain) as [string, string];
      const channelBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEADER_BYTES);
      const textBytes = bytes.length - HEADER_BYTES - 8 - channelBytes;
      return [
        row(0, 4, 'channel_len', [String(channelBytes), null], null),
        row(4, 4, 'message_len', [String(textBytes), null], null),
        row(8, channelBytes, 'channel', [channel, null]),
        row(8 + channelBytes, textBytes, 'message', [text, null]),
      ];
    }
    default:
      return [];
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** As many bytes as the table has room for: the end of a number, the beginning of a text. */
export function hexText(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  if (hex.length <= 4) return hex.join(' ');
  if (hex.length === 8) return `··· ${hex.slice(-3).join(' ')}`;
  return `${hex.slice(0, 4).join(' ')} ···`;
}

/** A place in the message as four hexadecimal digits. */
export function offsetText(at: number): string {
  return at.toString(16).padStart(4, '0');
}
