import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrames } from '../protocol/wire/split-frames';
import {
  FrameCutter,
  FrameReader,
  FrameWriter,
  parseClientMessage,
  parseServerMessage,
  type ClientMessage,
  type CutFrame,
  type ServerMessage,
  type WireFrame,
} from './wire';

const TOKEN = '0123456789abcdef0123456789abcdef';
const sentence = (value: unknown): string => {
  const parsed = parseClientMessage(typeof value === 'string' ? value : JSON.stringify(value));
  return parsed.ok ? 'it was understood' : parsed.sentence;
};

describe('messages of a page', () => {
  const messages: ClientMessage[] = [
    { t: 'hello', version: 1, token: TOKEN, topics: ['frames', 'logs'] },
    { t: 'sub', id: 1, topics: [] },
    { t: 'fault.set', id: 2, mode: 'cut', ways: [[1, 2]], forMs: 10_000 },
    { t: 'fault.set', id: 3, mode: 'hold', ways: [[4, 1]], types: ['PING'], forMs: 1 },
    { t: 'fault.set', id: 4, mode: 'delay', ways: [[1, 2]], ms: 300, forMs: 10_000 },
    { t: 'fault.heal', id: 5 },
    { t: 'fault.release', id: 6, fault: 1, frames: [17] },
    { t: 'proc.signal', id: 7, node: 1, signal: 'KILL', forMs: 10_000 },
    { t: 'proc.start', id: 8, node: 1 },
    { t: 'redis.cmd', id: 9, node: 1, argv: ['GET', 'k'], follow: true },
    { t: 'record.save', id: 10, label: 'one failover' },
  ];

  test.each(messages)('$t comes back as it was', (message) => {
    expect(parseClientMessage(JSON.stringify(message))).toEqual({ ok: true, message });
  });

  test.each([
    ['{', /^this is not JSON: /],
    ['[]', /^found \[\]; expected one JSON object, a message$/],
    [{ t: 'fault.heel', id: 1 }, /^t is "fault\.heel"; .* Did you mean "fault\.heal"\?$/],
    [{ id: 1 }, /^t is missing; expected one of hello, /],
    [{ t: 'hello', version: 1, token: 'guess' }, /^hello: token is "guess"; expected 32 hex/],
    [{ t: 'proc.start', id: 1 }, /^proc\.start: node is missing$/],
    [{ t: 'proc.start', id: 1, node: 1, now: true }, /^proc\.start: now is no field of this/],
    [
      { t: 'proc.signal', id: 1, node: 1, signal: 'TERM' },
      /signal is "TERM"; expected KILL, STOP or CONT$/,
    ],
    [{ t: 'redis.cmd', id: 1, node: 1, argv: [] }, /argv is \[\]; expected a list of at least one/],
    [{ t: 'redis.cmd', id: 1, node: 1, argv: ['GET', 7] }, /argv\.1 is 7; expected a text/],
    [
      { t: 'fault.set', id: 1, mode: 'cut', ways: [[1, 2]], forMs: 1e9 },
      /forMs is 1000000000; expected a whole number from 1 to 3600000$/,
    ],
    [{ t: 'fault.set', id: 1, mode: 'cut', ways: [[1]], forMs: 9 }, /ways\.0\.1 is missing$/],
  ])('%j is refused in one sentence', (value, expected) => {
    expect(sentence(value)).toMatch(expected);
  });

  test('a refusal names the request it answers', () => {
    expect(parseClientMessage('{"t":"proc.start","id":7}')).toMatchObject({ ok: false, id: 7 });
    expect(parseClientMessage('{"t":"proc.start","id":-7}')).toMatchObject({ ok: false, id: null });
  });

  test('whatever the text, the answer is a message or a short sentence', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((o) => JSON.stringify(o)),
        ),
        (text) => {
          const parsed = parseClientMessage(text);
          expect(parsed.ok || parsed.sentence.length < 600).toBe(true);
        },
      ),
    );
  });
});

describe('messages of the bridge', () => {
  const messages: ServerMessage[] = [
    { t: 'live', atMs: 12.5 },
    { t: 'slots', id: 1, base64: 'AAAA' },
    { t: 'fates', fates: [{ frame: 3, deliveredMs: null }] },
    { t: 'view', node: 1, askedMs: 1, atMs: 2, nodes: 'text', info: 'text' },
    {
      t: 'log',
      lines: [{ node: 1, atMs: -3, pid: 7, role: 'M', level: 'notice', text: 'Cluster state' }],
    },
    { t: 'event', atMs: 1, by: 'bridge', deed: { type: 'kill', node: 3 } },
    { t: 'event', atMs: 1, by: 'page', deed: { type: 'command', node: 3, argv: ['PING'] } },
    { t: 'err', id: null, code: 'invalid', text: 'this is not JSON' },
    { t: 'res', id: 3, result: { text: 'OK', nodes: [1] } },
  ];

  test.each(messages)('$t comes back as it was', (message) => {
    expect(parseServerMessage(JSON.stringify(message))).toEqual({ ok: true, message });
  });

  test('a field that a later bridge may add is left out, not refused', () => {
    const parsed = parseServerMessage('{"t":"live","atMs":1,"mood":"calm"}');
    expect(parsed).toEqual({ ok: true, message: { t: 'live', atMs: 1 } });
  });
});

describe('batches of frames', () => {
  const cut = (frames: readonly WireFrame[]): CutFrame[] => {
    const cutter = new FrameCutter();
    return frames.map((frame) => cutter.cut(frame));
  };
  const capture = new URL('../bus/captures/sigkill-failover.bin.gz', import.meta.url);
  const bytes = new Uint8Array(gunzipSync(readFileSync(fileURLToPath(capture))));
  const frames: WireFrame[] = [...readFrames(bytes)].map((found, frame) => ({
    ...{ frame, atMs: frame / 10, from: 1, to: 2, dialer: 1, acceptor: 2, connection: 9 },
    ...{ type: 'PING', verdict: 'pass', bytes: found.bytes.slice() },
  }));

  test('every frame of a recording comes back byte for byte', () => {
    const [writer, reader] = [new FrameWriter(), new FrameReader()];
    const all = cut(frames);
    const back = [all.slice(0, 100), all.slice(100)].flatMap((part) => {
      const { slots, bytes: batch } = writer.write({ gap: 0, frames: part });
      for (const message of slots) reader.learn(message);
      return reader.read(batch).frames;
    });
    expect(back).toEqual(frames);
  });

  test('a bitmap is told once, and the batch is a quarter of its frames', () => {
    const writer = new FrameWriter();
    const all = cut(frames);
    const { slots, bytes: batch } = writer.write({ gap: 0, frames: all });
    expect(slots.length).toBeLessThan(10);
    expect(batch.length).toBeLessThan(bytes.length * 0.4);
    expect(writer.write({ gap: 0, frames: all }).slots).toEqual([]);
  });

  test('a frame too short for a header travels whole', () => {
    const short: WireFrame = { ...frames[0]!, type: 'UNKNOWN', bytes: new Uint8Array([1, 2, 3]) };
    const { bytes: batch } = new FrameWriter().write({ gap: 5, frames: cut([short]) });
    expect(new FrameReader().read(batch)).toEqual({ gap: 5, frames: [short] });
  });

  test('what is wrong with a batch is said in one sentence', () => {
    const { slots, bytes: batch } = new FrameWriter().write({
      gap: 0,
      frames: cut(frames.slice(0, 2)),
    });
    const reader = new FrameReader();
    expect(() => reader.read(batch)).toThrow(/^a frame refers to bitmap 1, which was never told$/);
    for (const message of slots) reader.learn(message);
    expect(() => reader.read(batch.subarray(0, 3))).toThrow(/it has 3 bytes/);
    expect(() => reader.read(batch.subarray(0, 30))).toThrow(/its head would be \d+ bytes/);
    expect(() => reader.read(batch.subarray(0, -1))).toThrow(/^frame 1 ends beyond the \d+ bytes/);
    const longer = new Uint8Array([...batch, 0]);
    expect(() => reader.read(longer)).toThrow(/^1 bytes follow the last frame/);
    expect(() => reader.learn({ t: 'slots', id: 1, base64: 'AAAA' })).toThrow(/^bitmap 1 has 3/);
  });
});
