/** A small recording for tests: nodes 1, 2, … of two masters and more, nothing said yet. */
import type { BusMessage } from '../protocol/bus-message';
import { heartbeat, idOf } from '../protocol/fixtures/node-fixture';
import type { Capture, CaptureFrame, CaptureLink } from './capture';

/** 9 March 2024, 12:00:00 UTC, on a whole second. */
export const EPOCH_MS = 1_709_985_600_000;

/** The node of a number has the port 8900 and that number. */
export const portOf = (number: number): string => String(8_900 + number);

/** A recording of `count` nodes with the changes asked for. */
export function captureOf(count: number, change: Partial<Capture> = {}): Capture {
  return {
    ...{ label: 'test', redisVersion: '7.0.15', nodeTimeoutMs: 2_000 },
    ...{ epochMs: EPOCH_MS, durationMs: 5_000 },
    nodes: Array.from({ length: count }, (_, i) => ({
      number: i + 1,
      id: idOf(portOf(i + 1)),
      port: Number(portOf(i + 1)),
      busPort: 18_901 + i,
    })),
    ...{ frames: [], links: [], deeds: [], remarks: [], log: [] },
    ...{ before: new Map(), after: new Map() },
    ...change,
  };
}

/** One message, by default a PING on a connection its sender dialled. */
export function frameOf(
  change: Partial<CaptureFrame> & Pick<CaptureFrame, 'atMs' | 'from' | 'to'>,
  message: BusMessage = heartbeat('PING', portOf(change.from)),
): CaptureFrame {
  return {
    ...{
      index: 0,
      dialer: change.from,
      acceptor: change.to,
      connection: change.from * 10 + change.to,
    },
    ...{ sent: true, received: true, deliveredMs: change.atMs, message },
    ...change,
  };
}

/** A connection that opened, on the same number frameOf gives it. */
export function openOf(atMs: number, dialer: number, acceptor: number): CaptureLink {
  const connection = dialer * 10 + acceptor;
  return { atMs, connection, dialer, acceptor, event: 'open', accepted: true, endedBy: null };
}
