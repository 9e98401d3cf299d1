import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryFrame, arbitraryId, arbitrarySlots } from '../../bus/arbitrary-frames';
import type { BusHeader, BusMessage, PingExtension } from '../bus-message';
import { textOf } from '../byte-text';
import { CLOCK_ORIGIN_MS } from '../config';
import type { NodeId } from '../ids';
import { messageBytes } from '../messages/message-bytes';
import type { BusFrame } from './bus-frame';
import { decodeFrame } from './decode-frame';
import { encodeFrame } from './encode-frame';
import { frameOfMessage, messageOfFrame } from './message-frame';

const id = arbitraryId.map((text) => text as NodeId);
const u16 = fc.integer({ min: 0, max: 0xffff });
const counter = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
/** A whole second, from an hour before the origin on. */
const secondMs = fc.integer({ min: -3_600, max: 100_000_000 }).map((second) => second * 1_000);
const text = fc.uint8Array({ maxLength: 80 }).map(textOf);

const header: fc.Arbitrary<BusHeader> = fc.record({
  sender: id,
  currentEpoch: counter,
  configEpoch: counter,
  offsetBytes: counter,
  slots: arbitrarySlots,
  masterId: fc.option(id),
  ip: fc.constantFrom('', '10.0.0.17', '2001:db8::17'),
  port: u16,
  busPort: u16,
  flags: u16,
  clusterState: fc.constantFrom('ok', 'fail'),
  paused: fc.boolean(),
  forceAck: fc.boolean(),
});
const gossip = fc.record({
  id,
  pingSentSecondMs: secondMs,
  pongReceivedSecondMs: secondMs,
  ip: fc.constantFrom('', '127.0.0.1'),
  port: u16,
  busPort: u16,
  flags: u16,
});
const extension: fc.Arbitrary<PingExtension> = fc.oneof(
  fc.record({ type: fc.constant('HOSTNAME'), hostname: fc.domain() }),
  fc.record({
    type: fc.constant('UNKNOWN'),
    code: fc.integer({ min: 1, max: 0xffff }),
    data: fc.constantFrom('', '0123456789abcdef'),
  }),
);
const contents: Record<string, fc.Arbitrary<object>> = {
  heartbeat: fc.record({
    type: fc.constantFrom('PING', 'PONG', 'MEET'),
    gossip: fc.array(gossip, { maxLength: 6 }),
    extensions: fc.array(extension, { maxLength: 3 }),
  }),
  FAIL: fc.record({ type: fc.constant('FAIL'), about: id }),
  'bare message': fc.record({
    type: fc.constantFrom('FAILOVER_AUTH_REQUEST', 'FAILOVER_AUTH_ACK', 'MFSTART'),
  }),
  UPDATE: fc.record({
    type: fc.constant('UPDATE'),
    about: id,
    aboutConfigEpoch: counter,
    aboutSlots: arbitrarySlots,
  }),
  PUBLISH: fc.record({
    type: fc.constantFrom('PUBLISH', 'PUBLISHSHARD'),
    channel: text,
    message: text,
  }),
  MODULE: fc.record({
    type: fc.constant('MODULE'),
    moduleId: fc.constant('0123456789abcdef'),
    moduleType: fc.integer({ min: 0, max: 255 }),
    data: fc.constantFrom('', 'c0ffee'),
  }),
};

describe('a message on the wire', () => {
  test.each(Object.entries(contents))('any %s comes back as it was', (_name, content) => {
    const message = fc
      .tuple(header, content)
      .map((parts) => ({ ...parts[0], ...parts[1] }) as BusMessage);
    fc.assert(
      fc.property(message, (sent) => {
        const bytes = encodeFrame(frameOfMessage(sent));
        expect(bytes.length).toBe(messageBytes(sent));
        const decoded = decodeFrame(bytes);
        expect(decoded.ok && messageOfFrame(decoded.frame)).toEqual({ ok: true, message: sent });
      }),
    );
  });

  test('any frame either means something or has a reason', () => {
    fc.assert(
      fc.property(arbitraryFrame, (frame) => {
        const understood = messageOfFrame(frame);
        expect(understood.ok || understood.reason.length > 10).toBe(true);
      }),
    );
  });
});

const bare = frameOfMessage({
  sender: 'a'.repeat(40) as NodeId,
  currentEpoch: 1,
  configEpoch: 1,
  offsetBytes: 0,
  slots: [],
  masterId: null,
  ip: '',
  port: 6_379,
  busPort: 16_379,
  flags: 1,
  clusterState: 'ok',
  paused: true,
  forceAck: true,
  type: 'MEET',
  gossip: [],
  extensions: [{ type: 'HOSTNAME', hostname: 'a.example' }],
});

describe('what stands where', () => {
  test('paused, force ack and extensions are bits 1, 2 and 4 of mflags', () => {
    expect(bare.mflags).toEqual([7, 0, 0]);
  });

  test('seconds of the wire count from 1970, ours from the origin', () => {
    const [entry] = gossipOf({ pingSent: 0, pongReceived: CLOCK_ORIGIN_MS / 1_000 + 40 });
    expect(entry).toMatchObject({ pingSentSecondMs: 0, pongReceivedSecondMs: 40_000 });
  });

  function gossipOf(times: { pingSent: number; pongReceived: number }) {
    const entry = {
      nodename: 'b'.repeat(40),
      ip: '',
      port: 1,
      cport: 2,
      flags: 1,
      pport: 0,
      ...times,
    };
    const understood = messageOfFrame({ ...bare, type: 'PING', extensions: [], gossip: [entry] });
    return understood.ok && 'gossip' in understood.message ? understood.message.gossip : [];
  }

  test('a C string ends at its first zero byte', () => {
    const understood = messageOfFrame({ ...bare, myip: '10.0.0.1\0rubbish' });
    expect(understood).toMatchObject({ ok: true, message: { ip: '10.0.0.1' } });
  });

  test('a hostname padded in another way is a hostname all the same', () => {
    const extension = { type: 0, data: '61'.repeat(3) + '00'.repeat(21) };
    const understood = messageOfFrame({
      ...bare,
      type: 'PING',
      gossip: [],
      extensions: [extension],
    });
    const extensions = [{ type: 'HOSTNAME', hostname: 'aaa' }];
    expect(understood).toMatchObject({ ok: true, message: { extensions } });
  });
});

describe('what has no meaning here', () => {
  test.each<[Partial<BusFrame>, string]>([
    [{ sender: 'A'.repeat(40) }, 'sender is "AAAA'],
    [{ slaveof: { hex: 'ff' } }, 'slaveof is {"hex":"ff"}, expected 40 characters of a-z and 0-9'],
    [{ currentEpoch: '18446744073709551615' }, 'currentEpoch is 18446744073709551615, expected at'],
  ])('%j', (change, reason) => {
    const understood = messageOfFrame({ ...bare, ...change } as BusFrame);
    expect(understood).toMatchObject({ ok: false, log: null });
    expect(understood.ok ? '' : understood.reason).toContain(reason);
  });

  test('a type unknown to 7.0', () => {
    expect(messageOfFrame({ ...bare, type: 11, data: '' })).toMatchObject({
      ok: false,
      log: 'Received unknown packet type: 11',
    });
  });
});
