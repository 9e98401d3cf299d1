import { expect, test } from 'vitest';
import type { ServerMessage, WireFrame } from '../wire';
import { Journal } from './journal';

const frameAt = (atMs: number, bytes = 100): Omit<WireFrame, 'frame'> => ({
  ...{ atMs, from: 1, to: 2, dialer: 1, acceptor: 2, connection: 1 },
  ...{ type: 'PING', verdict: 'pass', bytes: new Uint8Array(bytes) },
});
const timesIn = (journal: Journal): number[] =>
  [...journal.from(journal.begin)].map(({ atMs }) => atMs);

test('what is older than its time is forgotten, however much there was', () => {
  const journal = new Journal({ keptMs: 1_000 });
  for (let atMs = 0; atMs <= 10_000; atMs++) journal.tellFrame(frameAt(atMs));
  expect(timesIn(journal)).toHaveLength(1_001);
  expect(journal.knownFromMs).toBe(9_000);
  expect(journal.begin).toBe(9_000);
});

test('a storm is remembered for less time, in as many bytes', () => {
  const journal = new Journal({ keptMs: 1_000, keptBytes: 10_000 });
  for (let atMs = 0; atMs < 500; atMs++) journal.tellFrame(frameAt(atMs, 800));
  expect(journal.bytes).toBeLessThanOrEqual(10_000);
  expect(timesIn(journal).at(-1)).toBe(499);
});

test('a recording is kept from its beginning, until it is too large', () => {
  const journal = new Journal({ keptMs: 100, recordedBytes: 50_000 });
  for (let atMs = 0; atMs < 200; atMs++) journal.tellFrame(frameAt(atMs));
  journal.record(200);
  for (let atMs = 200; atMs < 330; atMs++) journal.tellFrame(frameAt(atMs));
  expect(timesIn(journal)[0]).toBe(200);
  for (let atMs = 330; atMs < 1_000; atMs++) journal.tellFrame(frameAt(atMs));
  expect(journal.recordingSinceMs).toBeNull();
  expect(timesIn(journal)[0]).toBe(899);
});

test('a bitmap of slots is kept once, however many frames carry it', () => {
  const journal = new Journal();
  const [whole, count] = [2_568, 1_000];
  for (let atMs = 0; atMs < count; atMs++) journal.tellFrame(frameAt(atMs, whole));
  expect(journal.bytes).toBeLessThan((count * whole) / 2);
  const bitmaps = [...journal.from(journal.begin)].map(
    (one) => one.type === 'frame' && one.frame.bitmap,
  );
  expect(new Set(bitmaps).size).toBe(1);
});

test('of what is forgotten, tables, dead processes and open connections are told to whoever comes', () => {
  const journal = new Journal({ keptMs: 100 });
  const wire = { t: 'conn', acceptor: 2, dialer: 1, why: '' } as const;
  const told: ServerMessage[] = [
    { ...wire, atMs: 0, connection: 1, event: 'open' },
    { ...wire, atMs: 0, connection: 2, event: 'open' },
    { t: 'view', node: 1, askedMs: 0, atMs: 0, nodes: 'first', info: '' },
    { t: 'view', node: 1, askedMs: 1, atMs: 1, nodes: 'second', info: '' },
    { ...wire, atMs: 2, connection: 1, event: 'close' },
    { t: 'proc', node: 1, atMs: 3, event: 'stop', pid: 11, why: '' },
    { t: 'proc', node: 2, atMs: 4, event: 'exit', pid: null, why: 'SIGKILL' },
    { t: 'proc', node: 1, atMs: 5, event: 'continue', pid: 11, why: '' },
  ];
  for (const message of told) journal.tell('atMs' in message ? message.atMs : 0, message);
  expect(journal.standing()).toEqual([]);
  journal.tellFrame(frameAt(500));
  expect(journal.standing()).toEqual([told[3], told[6], told[1]]);
});
