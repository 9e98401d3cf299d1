import { describe, expect, test } from 'vitest';
import type { BusFrame } from '../protocol/wire/bus-frame';
import { encodeFrame } from '../protocol/wire/encode-frame';
import { decodeLines, encodeLines } from './frame-file';
import { parseFrameLine, printFrameLine } from './frame-line';

const gossip = {
  nodename: 'b'.repeat(40),
  pingSent: 0,
  pongReceived: 1_700_000_000,
  ip: '127.0.0.1',
  port: 6_380,
  cport: 16_380,
  flags: 1,
  pport: 0,
};
const ping: Extract<BusFrame, { type: 'PING' | 'PONG' | 'MEET' }> = {
  type: 'PING',
  port: 6_379,
  currentEpoch: '18446744073709551615',
  configEpoch: 1,
  offset: 14,
  sender: 'a'.repeat(40),
  myslots: [
    [0, 5_460],
    [9_000, 9_000],
  ],
  slaveof: null,
  myip: '',
  pport: 0,
  cport: 16_379,
  flags: 17,
  state: 'ok',
  mflags: [0, 0, 0],
  gossip: [gossip],
  extensions: [],
};
const { gossip: _gossip, extensions: _extensions, ...header } = ping;

function sentenceFor(value: unknown): string {
  const parsed = parseFrameLine(typeof value === 'string' ? value : JSON.stringify(value));
  return parsed.ok ? 'taken' : parsed.sentence;
}

test('a line begins with what a reader looks for', () => {
  expect(printFrameLine(ping, 2_360)).toMatch(
    /^\{"type":"PING","totlen":2360,"ver":1,"port":6379,"currentEpoch":"18446744073709551615",/,
  );
});

test('totlen and ver may be left out, fields may stand in any order', () => {
  const reversed = Object.fromEntries(Object.entries(ping).reverse());
  const parsed = parseFrameLine(JSON.stringify(reversed));
  expect(parsed).toEqual({ ok: true, bytes: encodeFrame(ping) });
});

describe('what is wrong with a line, in one sentence', () => {
  test.each<[unknown, string]>([
    ['{"type":', 'this is not JSON: '],
    ['[1]', 'found [1]; expected one JSON object, a frame'],
    [{}, 'type is missing; expected one of PING, PONG, MEET, FAIL,'],
    [{ type: 'PINGG' }, 'Did you mean "PING"?'],
    [{ ...ping, port: 70_000 }, 'port is 70000; expected a whole number from 0 to 65535'],
    [{ ...ping, port: undefined }, 'port is missing'],
    [
      { ...ping, cport: undefined, cprot: 1 },
      'cprot is no field of this frame. Did you mean "cport"?',
    ],
    [{ ...ping, currentEpoch: 2 ** 53 }, 'in quotes above 9007199254740991'],
    [{ ...ping, offset: '18446744073709551616' }, 'offset is "18446744073709551616"; expected'],
    [{ ...ping, sender: 'a'.repeat(41) }, 'expected a text of at most 40 bytes, or {"hex"'],
    [{ ...ping, myip: { hex: 'abc' } }, 'myip is {"hex":"abc"}; expected a text of at most 46'],
    [{ ...ping, myslots: [[0, 16_384]] }, 'myslots is [[0,16384]]; expected a list of slot ranges'],
    [{ ...ping, state: 'good' }, 'state is "good"; expected "ok", "fail" or'],
    [{ ...ping, mflags: [0] }, 'mflags is [0]; expected a list of three'],
    [{ ...ping, gossip: [{ ...gossip, flags: -1 }] }, 'gossip.0.flags is -1; expected'],
    [
      { ...ping, extensions: [{ type: 'HOST' }] },
      'extensions.0.type is "HOST"; expected "HOSTNAME"',
    ],
    [{ ...ping, totlen: 2_361 }, 'totlen is 2361; expected 2360, the length of this frame'],
    [{ ...ping, ver: 2 }, 'ver is 2; expected 1'],
    [{ ...header, type: 5, data: '' }, 'type is 5; expected a whole number from 11 to 65535, or'],
  ])('%#: %j', (value, sentence) => {
    expect(sentenceFor(value)).toContain(sentence);
  });

  test('a frame that redis-server would refuse is not written', () => {
    const extensions = [{ type: 'HOSTNAME', hostname: 'a.example' }];
    expect(sentenceFor({ ...ping, gossip: [], extensions })).toBe(
      'redis-server would refuse this frame at byte 4: found a ping message of 2280 bytes; ' +
        'expected 2256, by its type and what it says it holds',
    );
  });
});

describe('whole files', () => {
  const bytes = encodeFrame(ping);

  test('frames to lines', () => {
    expect([...decodeLines(Buffer.concat([bytes, bytes]))]).toEqual([
      { type: 'line', text: printFrameLine(ping, bytes.length) },
      { type: 'line', text: printFrameLine(ping, bytes.length) },
    ]);
  });

  test('a frame that is refused: which, where, and what redis-server says', () => {
    const bad = bytes.slice();
    bad[15] = 2;
    expect([...decodeLines(Buffer.concat([bytes, bad, bytes]))].map(({ text }) => text)).toEqual([
      expect.stringMatching(/^\{/),
      'frame 2, byte 2374: found 2 gossip entries; expected at most 1, all there is room for; ' +
        'redis-server logs "Received invalid ping packet with gossip count 2 that exceeds ' +
        'total packet length (2360)"',
      expect.stringMatching(/^\{/),
    ]);
  });

  test('lines to frames: empty lines do not count, complaints name theirs', () => {
    const text = `${JSON.stringify(ping)}\r\n\n{"type":"PING"}\n`;
    const [first, second] = encodeLines(text);
    expect(first).toEqual({ type: 'bytes', bytes });
    expect(second).toEqual({ type: 'complaint', text: 'line 3: port is missing' });
  });
});
