import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BusMessage } from '../bus-message';
import { messageBytes } from './message-bytes';
import { headerFrom, idOf } from '../fixtures/node-fixture';
import { encodeFrame } from '../wire/encode-frame';
import { frameOfMessage } from '../wire/message-frame';

const gossip = fc.array(
  fc.constant({
    id: idOf('8903'),
    pingSentSecondMs: 0,
    pongReceivedSecondMs: 1_000,
    ip: '127.0.0.1',
    port: 8_903,
    busPort: 18_903,
    flags: 1,
  }),
  { maxLength: 5 },
);
const hostname = fc.stringMatching(/^[a-z0-9.-]{1,40}$/);
const heartbeat = fc.record({
  type: fc.constantFrom('PING' as const, 'PONG' as const, 'MEET' as const),
  gossip,
  extensions: fc.array(
    hostname.map((name) => ({ type: 'HOSTNAME' as const, hostname: name })),
    { maxLength: 2 },
  ),
});
const publish = fc.record({
  type: fc.constantFrom('PUBLISH' as const, 'PUBLISHSHARD' as const),
  channel: fc.string({ unit: 'grapheme' }),
  message: fc.string({ unit: 'grapheme' }),
});
const others = fc.constantFrom(
  { type: 'FAIL' as const, about: idOf('8903') },
  { type: 'UPDATE' as const, about: idOf('8903'), aboutConfigEpoch: 3, aboutSlots: [] },
  { type: 'MFSTART' as const },
  { type: 'FAILOVER_AUTH_ACK' as const },
  { type: 'MODULE' as const, moduleId: '0'.repeat(16), moduleType: 1, data: 'cafe' },
);

test('message: as long as the frame that carries it', () => {
  fc.assert(
    fc.property(fc.oneof(heartbeat, publish, others), (body) => {
      const message: BusMessage = { ...headerFrom('8902'), ...body };
      expect(messageBytes(message)).toBe(encodeFrame(frameOfMessage(message)).length);
    }),
  );
});
