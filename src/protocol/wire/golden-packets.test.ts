/** Packets a real redis-server 7.0.15 took and acted on, built here from values. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BusHeader, BusMessage } from '../bus-message';
import { nodeId } from '../ids';
import { decodeFrame } from './decode-frame';
import { encodeFrame } from './encode-frame';
import { frameOfMessage, messageOfFrame } from './message-frame';

const [E, F] = [nodeId('e'.repeat(40)), nodeId('f'.repeat(40))];

const header: BusHeader = {
  sender: F,
  currentEpoch: 7,
  configEpoch: 7,
  offsetBytes: 0,
  slots: [[0, 7]],
  masterId: null,
  ip: '',
  port: 21_099,
  busPort: 21_098,
  flags: 1,
  clusterState: 'fail',
  paused: false,
  forceAck: false,
};

const gossip = {
  id: E,
  pingSentSecondMs: 0,
  pongReceivedSecondMs: 1_700_000_000_000,
  ip: '127.0.0.1',
  port: 21_097,
  busPort: 21_096,
  flags: 1,
};

const PACKETS: readonly (readonly [string, BusMessage, number, string])[] = [
  [
    'MEET with one gossip entry',
    { ...header, type: 'MEET', gossip: [gossip], extensions: [] },
    2_360,
    'c8224935228d9bd1a830c6e7a9dae2334a4d0c79',
  ],
  [
    'PING with a hostname',
    {
      ...header,
      type: 'PING',
      gossip: [],
      extensions: [{ type: 'HOSTNAME', hostname: 'a.example' }],
    },
    2_280,
    '9e2a2a6d8c0d73269f22a55832ba6c4130256ecf',
  ],
  [
    'FAIL',
    { ...header, type: 'FAIL', about: E },
    2_296,
    '9abcc60333597e7321ea86289ef605bdf780f808',
  ],
  [
    'UPDATE',
    { ...header, type: 'UPDATE', about: E, aboutConfigEpoch: 9, aboutSlots: [[8_192, 16_383]] },
    4_352,
    '6df7212532109eba9162a5d3a5f8c3b61f67052e',
  ],
  [
    'PUBLISH',
    { ...header, type: 'PUBLISH', channel: 'ch', message: 'hello' },
    2_271,
    'a01f78d51b3aac4185240406726509311d9caa78',
  ],
  [
    'FAILOVER_AUTH_REQUEST that forces an answer',
    {
      ...header,
      type: 'FAILOVER_AUTH_REQUEST',
      sender: E,
      port: 21_097,
      busPort: 21_096,
      flags: 2,
      masterId: F,
      currentEpoch: 8,
      offsetBytes: 100,
      forceAck: true,
    },
    2_256,
    '0cd3339e4ba7c10397ebbd018c64d0274c6b5b0f',
  ],
];

describe.each(PACKETS)('%s', (_name, message, length, sha1) => {
  // Times are Unix times here, so that virtual time 0 is 1970.
  const bytes = encodeFrame(frameOfMessage(message, 0));

  test(`its ${length} bytes`, () => {
    expect(bytes.length).toBe(length);
    expect(createHash('sha1').update(bytes).digest('hex')).toBe(sha1);
  });

  test('and back', () => {
    const decoded = decodeFrame(bytes);
    expect(decoded.ok && messageOfFrame(decoded.frame, 0)).toEqual({ ok: true, message });
  });
});
