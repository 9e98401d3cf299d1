import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameHeader } from '../protocol/wire/bus-frame';
import { decodeFrame } from '../protocol/wire/decode-frame';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { arbitraryFrame } from './arbitrary-frames';
import { parseFrameLine, printFrameLine } from './frame-line';
import { fuzz, judge, printFuzzReport } from './fuzz';

const header: FrameHeader = {
  port: 6_379,
  currentEpoch: 6,
  configEpoch: 1,
  offset: 14,
  sender: 'a'.repeat(40),
  myslots: [],
  slaveof: null,
  myip: '',
  pport: 0,
  cport: 16_379,
  flags: 17,
  state: 'ok',
  mflags: [4, 0, 0],
};

describe('any frame', () => {
  test('to bytes and back', () => {
    fc.assert(
      fc.property(arbitraryFrame, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual({ ok: true, frame });
      }),
      { numRuns: 500 },
    );
  });

  test('to a line of JSON and back', () => {
    fc.assert(
      fc.property(arbitraryFrame, (frame) => {
        const bytes = encodeFrame(frame);
        expect(parseFrameLine(printFrameLine(frame, bytes.length))).toEqual({ ok: true, bytes });
      }),
    );
  });
});

describe('hostile bytes: refused or decoded, never thrown', () => {
  // `npm run -s bus -- fuzz --count 1000000` runs a million.
  test('ten thousand inputs', () => {
    const report = fuzz({ count: 10_000, seed: 20, nowMs: () => performance.now() });
    expect(report.failure).toBeNull();
    expect([...report.verdicts.keys()].sort()).toEqual([
      'decoded',
      'extension',
      'gossip',
      'incomplete',
      'length',
      'padding',
      'signature',
      'surplus',
      'totlen',
      'version',
    ]);
    expect(report.slowestMs).toBeLessThan(5_000);
    expect(printFuzzReport(report)).toContain('10000 inputs, seed 20: nothing thrown');
  });

  test('as many extensions as a message can hold: no time to speak of', () => {
    const frame = encodeFrame({
      ...header,
      type: 'PING',
      gossip: [],
      extensions: Array.from({ length: 65_535 }, () => ({ type: 9, data: '' })),
    });
    const startMs = performance.now();
    expect(judge(frame)).toBe('decoded');
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});
