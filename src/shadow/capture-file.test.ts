import { describe, expect, test } from 'vitest';
import { heartbeat } from '../protocol/fixtures/node-fixture';
import { readCapture, type CaptureFiles } from './capture-file';

const ID = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const node = (id: number, name: string) => ({
  id,
  name,
  clientPort: 7_000 + id,
  busPort: 17_000 + id,
});
const frame = { t: 5, off: 0, len: 10, from: 1, to: 2, dialer: 1, acceptor: 2, conn: 4 };
const index = {
  ...{ label: 'x', redis: '7.0.15', nodeTimeout: 2_000, epochMs: 1_000, durationMs: 50 },
  ...{ nodes: [node(1, ID), node(2, OTHER)], events: [], connEvents: [], frames: [frame] },
};

const files = (change: object = {}, more: Partial<CaptureFiles> = {}): CaptureFiles => ({
  ...{ name: 'x', index: JSON.stringify({ ...index, ...change }), bytes: new Uint8Array(10) },
  ...{ nodes: '', log: '' },
  ...more,
});
const read = (change: object = {}, more: Partial<CaptureFiles> = {}) =>
  readCapture(files(change, more), () => heartbeat('PING', '8901'));

describe('a recording', () => {
  test('its nodes are known by the ports they announce', () => {
    const announcing = { ...node(1, ID), announcedPort: 7_101, announcedBus: 17_101 };
    const { nodes } = read({ nodes: [announcing, node(2, OTHER)] });
    expect(nodes.map(({ port, busPort }) => [port, busPort])).toEqual([
      [7_101, 17_101],
      [7_002, 17_002],
    ]);
  });

  test.each([
    [{}, true, true, 5],
    [{ verdict: 'drop' }, true, false, 5],
    [{ verdict: 'hold' }, true, false, 5],
    [{ verdict: 'hold', deliveredT: 9 }, true, true, 9],
    [{ verdict: 'injected' }, false, true, 5],
  ])('a frame with %j', (change, sent, received, deliveredMs) => {
    const [only] = read({ frames: [{ ...frame, ...change }] }).frames;
    expect(only).toMatchObject({ sent, received, deliveredMs, connection: 4 });
  });

  test('a connection: its dialer is known later than it opened', () => {
    const connEvents = [
      { t: 1, id: 4, acceptor: 2, event: 'open' },
      { t: 2, id: 4, acceptor: 2, dialer: 1, event: 'identified' },
      { t: 9, id: 4, acceptor: 2, event: 'close', why: 'dialer ended' },
    ];
    expect(read({ connEvents }).links).toMatchObject([
      { event: 'open', dialer: 1, acceptor: 2, accepted: true, endedBy: null },
      { event: 'close', dialer: 1, endedBy: 1 },
    ]);
  });

  test('a connection on which all was held never reached the acceptor', () => {
    const connEvents = [
      { t: 1, id: 4, acceptor: 2, event: 'open' },
      { t: 2, id: 4, acceptor: 2, dialer: 1, event: 'identified' },
    ];
    const frames = [{ ...frame, verdict: 'hold' }];
    expect(read({ connEvents, frames }).links[0]?.accepted).toBe(false);
  });

  test('the tables of the nodes', () => {
    const text = `${ID} 127.0.0.1:7001@17001 myself,master - 0 0 3 connected 0-9\n`;
    const nodes = JSON.stringify({ before: { 1: text }, after: {} });
    expect(read({}, { nodes }).before.get(1)).toMatchObject([{ id: ID, configEpoch: 3 }]);
  });
});

describe('files that make no sense: one sentence', () => {
  test.each([
    ['x.index.json is not JSON', {}, { index: '{' }],
    ['x.index.json: nodes.0.name: Expected 40 characters', { nodes: [node(1, 'short')] }, {}],
    ['x.index.json: frames.0.t: ', { frames: [{ ...frame, t: 'soon' }] }, {}],
    ['frames.0: there is no node 7', { frames: [{ ...frame, to: 7 }] }, {}],
    ['frames.0: ends at byte 12, but x.bin has 10', { frames: [{ ...frame, off: 2 }] }, {}],
    ['x.nodes.json: before', {}, { nodes: '{"before": 3, "after": {}}' }],
    ['x.nodes.json, after, node 1: line 1', {}, { nodes: '{"before":{},"after":{"1":"no"}}' }],
  ])('%s', (sentence, change, more) => {
    expect(() => read(change, more)).toThrow(sentence);
  });

  test('a message that is none', () => {
    const broken = () => {
      throw new Error('byte 0: found "XXXX"; expected RCmb');
    };
    expect(() => readCapture(files(), broken)).toThrow('frames.0: byte 0: found "XXXX"');
  });
});
