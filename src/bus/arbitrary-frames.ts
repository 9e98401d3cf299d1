/** Any frame of any type, for property tests: in the one form that decodeFrame gives. */
import fc from 'fast-check';
import { unionSlots, type SlotRanges } from '../protocol/slot-ranges';
import type {
  BusFrame,
  ExtensionFrame,
  FrameBody,
  FrameHeader,
  GossipFrame,
} from '../protocol/wire/bus-frame';
import { byteText, hexOf, paddedText, type U64 } from '../protocol/wire/frame-values';
import { IP_BYTES, MFLAG_EXT_DATA, NAME_BYTES } from '../protocol/wire/layout';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u64: fc.Arbitrary<U64> = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(printU64);
const flags = fc.integer({ min: 0, max: 0x3ff });

function printU64(value: bigint): U64 {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

const HEX_DIGITS = '0123456789abcdef'.split('');
export const arbitraryId = fc
  .array(fc.constantFrom(...HEX_DIGITS), { minLength: NAME_BYTES, maxLength: NAME_BYTES })
  .map((digits) => digits.join(''));
const name = fc.oneof(
  { arbitrary: arbitraryId, weight: 4 },
  fc.uint8Array({ minLength: 1, maxLength: NAME_BYTES }).map(paddedText),
);
const address = fc.oneof(
  fc.constantFrom('', '127.0.0.1', '2001:db8::17'),
  fc.uint8Array({ maxLength: IP_BYTES }).map(paddedText),
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => byteText(bytes)),
);
const hex = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map(hexOf);

const slot = fc.integer({ min: 0, max: 16_383 });
const slotRange = fc
  .tuple(slot, slot)
  .map(([a, b]): SlotRanges => [[Math.min(a, b), Math.max(a, b)]]);
export const arbitrarySlots = fc
  .array(slotRange, { maxLength: 8 })
  .map((ranges) => ranges.reduce(unionSlots, []));

/** Leaves out a field that holds what it holds when it is not there. */
function unless<K extends string>(value: unknown, usual: unknown, key: K) {
  return (value === usual ? {} : { [key]: value }) as Partial<Record<K, never>>;
}

const header: fc.Arbitrary<FrameHeader> = fc
  .record({
    port: u16,
    currentEpoch: u64,
    configEpoch: u64,
    offset: u64,
    sender: name,
    myslots: arbitrarySlots,
    slaveof: fc.option(name).map((id) => (id === '' ? null : id)),
    myip: address,
    pport: u16,
    cport: u16,
    flags,
    state: fc.oneof(
      fc.constantFrom('ok' as const, 'fail' as const),
      fc.integer({ min: 2, max: 255 }),
    ),
    mflags: fc.tuple(u8, u8, u8),
    notused1: fc.oneof(fc.constant('00'.repeat(30)), hex(30, 30)),
  })
  .map(({ notused1, ...rest }) => ({ ...rest, ...unless(notused1, '00'.repeat(30), 'notused1') }));

const gossip: fc.Arbitrary<GossipFrame> = fc
  .record({
    nodename: name,
    pingSent: u32,
    pongReceived: u32,
    ip: address,
    port: u16,
    cport: u16,
    flags,
    pport: u16,
    notused1: fc.constantFrom(0, 0, 7),
  })
  .map(({ notused1, ...rest }) => ({ ...rest, ...unless(notused1, 0, 'notused1') }));

const unused = fc.constantFrom(0, 0, 9);
const hostname = fc
  .record({ hostname: fc.uint8Array({ maxLength: 60 }).map(paddedText), unused })
  .map(({ hostname, unused }): ExtensionFrame => ({
    type: 'HOSTNAME',
    hostname,
    ...unless(unused, 0, 'unused'),
  }));
/** A hostname that fills its last byte is not in the form redis-server writes. */
const oddHostname = fc.integer({ min: 1, max: 5 }).map((words) => ({
  type: 0,
  data: '61'.repeat(8 * words),
}));
const otherExtension = fc
  .record({
    type: fc.integer({ min: 1, max: 0xffff }),
    words: fc.integer({ min: 0, max: 9 }),
    unused,
  })
  .map(({ type, words, unused }) => ({
    type,
    data: 'c0ffee0000000000'.repeat(words),
    ...unless(unused, 0, 'unused'),
  }));
const extensions = fc.array(fc.oneof(hostname, oddHostname, otherExtension), { maxLength: 4 });

/** The header's flag and count agree with what follows; where nothing follows, they need not. */
const heartbeat = fc
  .record({
    header,
    type: fc.constantFrom('PING' as const, 'PONG' as const, 'MEET' as const),
    gossip: fc.array(gossip, { maxLength: 5 }),
    extensions,
    extensionCount: fc.constantFrom(0, 0, 2),
  })
  .map(({ header, extensions, extensionCount, ...rest }): BusFrame => {
    const [bits, ...others] = header.mflags;
    if (extensions.length > 0) {
      return { ...header, mflags: [bits | MFLAG_EXT_DATA, ...others], ...rest, extensions };
    }
    const mflags = [bits & ~MFLAG_EXT_DATA, ...others] as const;
    return {
      ...header,
      mflags,
      ...rest,
      extensions,
      ...unless(extensionCount, 0, 'extensionCount'),
    };
  });

const body: fc.Arbitrary<FrameBody> = fc.oneof(
  fc.record({ type: fc.constant('FAIL' as const), about: name }),
  fc.record({
    type: fc.constantFrom('PUBLISH' as const, 'PUBLISHSHARD' as const),
    channel: text,
    message: text,
  }),
  fc.record({
    type: fc.constantFrom(
      'FAILOVER_AUTH_REQUEST' as const,
      'FAILOVER_AUTH_ACK' as const,
      'MFSTART' as const,
    ),
  }),
  fc.record({
    type: fc.constant('UPDATE' as const),
    nodecfg: fc.record({ configEpoch: u64, nodename: name, slots: arbitrarySlots }),
  }),
  fc.record({
    type: fc.constant('MODULE' as const),
    moduleId: hex(8, 8),
    moduleType: u8,
    data: hex(0, 60),
  }),
  fc.record({ type: fc.integer({ min: 11, max: 0xffff }), data: hex(0, 60) }),
);

const other = fc
  .record({ header, body, count: fc.constantFrom(0, 0, 5), extensionCount: fc.constantFrom(0, 3) })
  .map(({ header, body, count, extensionCount }): BusFrame => ({
    ...header,
    ...body,
    ...unless(count, 0, 'count'),
    ...unless(extensionCount, 0, 'extensionCount'),
  }));

export const arbitraryFrame: fc.Arbitrary<BusFrame> = fc.oneof(heartbeat, other);
