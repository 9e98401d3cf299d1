import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gzipSync, strToU8 } from 'fflate';
import { live as en } from '../../words/en/live';
import { live as zh } from '../../words/zh-CN/live';
import { openRecording } from './open-source';
import { problemText } from './problem-text';

const CAPTURES = new URL('../../shadow/captures/', import.meta.url);
const part = (name: string) => new File([readFileSync(new URL(name, CAPTURES))], name);
const PARTS = ['index.json', 'bin', 'nodes.json', 'redis.log'].map((one) => `takeover.${one}.gz`);

test('a recording is opened from its parts, saved as one file, and opened again', async () => {
  const heard: number[] = [];
  const first = await openRecording(PARTS.map(part), (done) => heard.push(done));
  expect([heard[0], heard.at(-1)]).toEqual([0, 1]);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  expect(first.frame.nodes).toHaveLength(8);
  const saved = new File([await first.save!()], 'takeover.capture.json.gz');
  const second = await openRecording([saved]);
  expect([second.label, second.redisVersion]).toEqual([first.label, first.redisVersion]);
  expect(second.beats().map(({ kind }) => kind)).toEqual(first.beats().map(({ kind }) => kind));
});

const packed = (value: unknown, cutBytes = 0): Uint8Array => {
  const bytes = gzipSync(strToU8(JSON.stringify(value)));
  return bytes.slice(0, bytes.length - cutBytes);
};
const whole = { format: 'slotscope capture', version: 1, index: {}, bin: '' };
const hugeTrailer = packed({ ...whole, log: 'x'.repeat(900_000) });
new DataView(hugeTrailer.buffer).setUint32(hugeTrailer.length - 4, 900_000_000, true);
const random = Uint8Array.from({ length: 900_000 }, (_, i) => (i * 7_919) % 251);
const hugeFile = new Uint8Array([...packed(whole).slice(0, 12), ...random, 0, 0xe9, 0xa4, 0x35]);

test.each([
  ['cut short', 'a.capture.json.gz', packed(whole, 20), /ends in the middle/, /断了/],
  ['cut in its last bytes', 'a.capture.json.gz', hugeTrailer, /ends in the middle/, /断了/],
  ['a run', 'a.capture.json', strToU8('{"slotscope": 1}'), /something else/, /别的文件/],
  ['newer', 'a.capture.json.gz', packed({ ...whole, version: 2 }), /version 2/, /第 2 版/],
  ['older', 'a.capture.json.gz', packed({ ...whole, version: 0 }), /version 0/, /第 0 版/],
  ['huge', 'a.capture.json.gz', hugeFile, /500 MB/, /500 MB/],
  ['text', 'a.capture.json', strToU8('hello'), /not JSON/, /不是 JSON/],
  ['no gzip', 'a.capture.json.gz', strToU8('hello'), /not gzip/, /不是 gzip/],
  ['half a capture', 'a.index.json', strToU8('{}'), /a\.bin is missing/, /缺少 a\.bin/],
  ['a picture', 'a.png', strToU8('x'), /no recording/, /不是录制/],
])('a file that cannot be opened: %s', async (_name, name, bytes, english, chinese) => {
  const opened = openRecording([new File([bytes as BlobPart], name)]);
  const error = await opened.then(
    () => new Error('opened'),
    (one: unknown) => one as Error,
  );
  expect(problemText(error, en.recording.problem)).toMatch(english);
  expect(problemText(error, zh.recording.problem)).toMatch(chinese);
});
