/** A recording that was tampered with is found out: each comparison can fail. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../bus/recording-cli';
import type { BusMessage, GossipEntry } from '../protocol/bus-message';
import { FAIL, PFAIL } from '../protocol/flags';
import type { Capture, CaptureFrame } from './capture';
import { shadowCapture } from './shadow';

const FOLDER = fileURLToPath(new URL('../bus/captures/', import.meta.url));
const original = readRecording(`${FOLDER}manual-failover.index.json.gz`);

function unexplainedKinds(capture: Capture): string[] {
  const { disagreements } = shadowCapture(capture);
  return [
    ...new Set(disagreements.filter((one) => one.explanation === null).map(({ kind }) => kind)),
  ];
}

/** The recording with the last PING or PONG of node 3 changed. */
function withWords(change: (message: BusMessage) => Partial<BusMessage>): Capture {
  const last = original.frames.findLast(
    ({ from, message }) => from === 3 && 'gossip' in message && message.gossip.length > 0,
  )!;
  return changed((frame) =>
    frame === last
      ? [{ ...frame, message: { ...frame.message, ...change(frame.message) } as BusMessage }]
      : [frame],
  );
}

const changed = (change: (frame: CaptureFrame) => CaptureFrame[]): Capture => ({
  ...original,
  frames: original.frames.flatMap(change),
});

const withGossip = (change: (entry: GossipEntry) => GossipEntry): Capture =>
  withWords((message) => ('gossip' in message ? { gossip: message.gossip.map(change) } : {}));

test('as it was recorded: nothing is unexplained', () => {
  expect(unexplainedKinds(original)).toEqual([]);
});

describe('a word changed', () => {
  test.each<[string, Partial<BusMessage>]>([
    ['currentEpoch', { currentEpoch: 99 }],
    ['configEpoch', { configEpoch: 99 }],
    ['flags', { flags: 2 }],
    ['slots', { slots: [[1, 2]] }],
    ['master', { masterId: original.nodes[0]!.id }],
    ['cluster state', { clusterState: 'fail' }],
    ['paused', { paused: true }],
    ['force-ack', { forceAck: true }],
    ['address', { port: 1 }],
  ])('header: %s', (field, words) => {
    expect(unexplainedKinds(withWords(() => words))).toContain(`header: ${field}`);
  });

  test.each<[string, (entry: GossipEntry) => GossipEntry]>([
    ['flags', (entry) => ({ ...entry, flags: entry.flags | FAIL })],
    ['how many suspects', (entry) => ({ ...entry, flags: entry.flags | PFAIL })],
    ['address', (entry) => ({ ...entry, busPort: 1 })],
    ['ping sent', (entry) => ({ ...entry, pingSentSecondMs: 1_000 })],
    ['pong received', (entry) => ({ ...entry, pongReceivedSecondMs: 1_000 })],
    ['whom', (entry) => ({ ...entry, id: original.nodes[2]!.id })],
    ['how many', (entry) => ({ ...entry, id: original.nodes[0]!.id })],
  ])('gossip: %s', (field, change) => {
    expect(unexplainedKinds(withGossip(change))).toContain(`gossip: ${field}`);
  });
});

describe('a message missing, or invented', () => {
  test.each(['FAILOVER_AUTH_ACK', 'FAILOVER_AUTH_REQUEST', 'PONG'] as const)('%s', (type) => {
    const one = original.frames.find(({ message }) => message.type === type)!;
    expect(unexplainedKinds(changed((frame) => (frame === one ? [] : [frame])))).not.toEqual([]);
    const twice = changed((frame) => (frame === one ? [frame, frame] : [frame]));
    expect(unexplainedKinds(twice)).toContain(`${type} sent`);
  });
});

describe('another end', () => {
  const [[number, lines]] = [...original.after] as [[number, readonly object[]]];
  test.each([
    ['flags', { flags: FAIL }],
    ['master', { masterId: original.nodes[1]!.id }],
    ['epoch', { configEpoch: 99 }],
    ['slots', { slots: [] }],
    ['link', { connected: false }],
    ['address', { port: 1 }],
    ['ping pending', { pingSentUnixMs: 1 }],
    ['pong received', { pongReceivedUnixMs: 1 }],
  ])('table: %s', (field, change) => {
    const tampered = lines.map((line) => ({ ...line, ...change }));
    const after = new Map(original.after).set(number, tampered as never);
    expect(unexplainedKinds({ ...original, after })).toContain(`table: ${field}`);
  });

  test('nodes known', () => {
    const after = new Map(original.after).set(number, lines.slice(1) as never);
    expect(unexplainedKinds({ ...original, after })).toContain('table: nodes known');
  });
});

describe('another log', () => {
  test('a line missing, a line too many', () => {
    const line = original.log.find(({ text }) => text.startsWith('Failover election won'))!;
    const without = original.log.filter((one) => one !== line);
    expect(unexplainedKinds({ ...original, log: without })).toEqual(['log line']);
    const oneMore = [...original.log, { ...line, node: 5 }];
    expect(unexplainedKinds({ ...original, log: oneMore })).toEqual(['log line']);
  });
});
