/** The shape of a frame as JSON; each message says what is expected at its place. */
import * as v from 'valibot';
import { bytesOfText, type ByteText, type U64 } from '../protocol/wire/frame-values';
import { IP_BYTES, NAME_BYTES, NOTUSED_BYTES } from '../protocol/wire/layout';
import type { SlotRanges } from '../protocol/slot-ranges';

const isWhole = (input: unknown, max: number): boolean =>
  typeof input === 'number' && Number.isInteger(input) && input >= 0 && input <= max;
const whole = (max: number) =>
  v.custom<number>((input) => isWhole(input, max), `a whole number from 0 to ${max}`);

const u8 = whole(0xff);
const u16 = whole(0xffff);
const u32 = whole(0xffff_ffff);
const u64 = v.custom<U64>(
  isU64,
  'a whole number from 0 to 18446744073709551615, in quotes above 9007199254740991',
);

function isU64(input: unknown): boolean {
  if (typeof input === 'number') return isWhole(input, Number.MAX_SAFE_INTEGER);
  return typeof input === 'string' && /^\d{1,20}$/.test(input) && BigInt(input) < 1n << 64n;
}

const isHex = (input: unknown): input is string =>
  typeof input === 'string' && /^([\da-f]{2})*$/i.test(input);
const HEX = 'pairs of hexadecimal digits';
const hex = v.custom<string>(isHex, HEX);
const hexOfBytes = (bytes: number) =>
  v.custom<string>(
    (input) => isHex(input) && input.length === 2 * bytes,
    `${2 * bytes} hexadecimal digits`,
  );

const text = (maxBytes: number) =>
  v.custom<ByteText>(
    (input) => isByteText(input) && bytesOfText(input).length <= maxBytes,
    maxBytes === Infinity
      ? `a text, or {"hex": ${HEX}}`
      : `a text of at most ${maxBytes} bytes, or {"hex": ${HEX}}`,
  );

function isByteText(input: unknown): input is ByteText {
  if (typeof input === 'string') return true;
  if (typeof input !== 'object' || input === null) return false;
  return Object.keys(input).join() === 'hex' && isHex((input as { hex: unknown }).hex);
}

const slots = v.custom<SlotRanges>(
  (input) => Array.isArray(input) && input.every(isSlotRange),
  'a list of slot ranges such as [[0,5460],[9000,9000]], slots 0 to 16383',
);

function isSlotRange(input: unknown): boolean {
  if (!Array.isArray(input) || input.length !== 2) return false;
  const [first, last] = input as [unknown, unknown];
  return isWhole(first, 16_383) && isWhole(last, 16_383) && Number(first) <= Number(last);
}

const header = {
  totlen: v.optional(u32),
  ver: v.optional(v.custom<1>((input) => input === 1, '1, the only version there is')),
  port: u16,
  currentEpoch: u64,
  configEpoch: u64,
  offset: u64,
  sender: text(NAME_BYTES),
  myslots: slots,
  slaveof: v.nullable(text(NAME_BYTES)),
  myip: text(IP_BYTES),
  pport: u16,
  cport: u16,
  flags: u16,
  state: v.custom<'ok' | 'fail' | number>(
    (input) => input === 'ok' || input === 'fail' || isWhole(input, 255),
    '"ok", "fail" or a whole number from 0 to 255',
  ),
  mflags: v.custom<[number, number, number]>(
    (input) =>
      Array.isArray(input) && input.length === 3 && input.every((byte) => isWhole(byte, 255)),
    'a list of three whole numbers from 0 to 255',
  ),
  count: v.exactOptional(u16),
  extensionCount: v.exactOptional(u16),
  notused1: v.exactOptional(hexOfBytes(NOTUSED_BYTES)),
};

const gossip = v.strictObject({
  nodename: text(NAME_BYTES),
  pingSent: u32,
  pongReceived: u32,
  ip: text(IP_BYTES),
  port: u16,
  cport: u16,
  flags: u16,
  pport: u16,
  notused1: v.exactOptional(u16),
});

const hostname = v.strictObject({
  type: v.literal('HOSTNAME'),
  hostname: text(Infinity),
  unused: v.exactOptional(u16),
});
const otherExtension = v.strictObject({
  type: v.custom<number>(
    (input) => isWhole(input, 0xffff),
    '"HOSTNAME" or a whole number from 0 to 65535',
  ),
  data: hex,
  unused: v.exactOptional(u16),
});
const extension = v.lazy((input) =>
  (input as { type?: unknown } | null)?.type === 'HOSTNAME' ? hostname : otherExtension,
);

const frame = <E extends v.ObjectEntries>(entries: E) => v.strictObject({ ...header, ...entries });
const heartbeat = { gossip: v.array(gossip), extensions: v.array(extension) };
const publish = { channel: text(Infinity), message: text(Infinity) };

/** By type; a type in figures is one that 7.0 does not know. */
export const FRAME_SCHEMAS = {
  PING: frame({ type: v.literal('PING'), ...heartbeat }),
  PONG: frame({ type: v.literal('PONG'), ...heartbeat }),
  MEET: frame({ type: v.literal('MEET'), ...heartbeat }),
  FAIL: frame({ type: v.literal('FAIL'), about: text(NAME_BYTES) }),
  PUBLISH: frame({ type: v.literal('PUBLISH'), ...publish }),
  FAILOVER_AUTH_REQUEST: frame({ type: v.literal('FAILOVER_AUTH_REQUEST') }),
  FAILOVER_AUTH_ACK: frame({ type: v.literal('FAILOVER_AUTH_ACK') }),
  UPDATE: frame({
    type: v.literal('UPDATE'),
    nodecfg: v.strictObject({ configEpoch: u64, nodename: text(NAME_BYTES), slots }),
  }),
  MFSTART: frame({ type: v.literal('MFSTART') }),
  MODULE: frame({
    type: v.literal('MODULE'),
    moduleId: hexOfBytes(8),
    moduleType: u8,
    data: hex,
  }),
  PUBLISHSHARD: frame({ type: v.literal('PUBLISHSHARD'), ...publish }),
};

export const UNKNOWN_FRAME_SCHEMA = frame({
  type: v.custom<number>(
    (input) => isWhole(input, 0xffff) && Number(input) > 10,
    `a whole number from 11 to 65535, or one of ${Object.keys(FRAME_SCHEMAS).join(', ')}`,
  ),
  data: hex,
});
