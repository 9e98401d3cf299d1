import { beforeEach, describe, expect, test } from 'vitest';
import { healthyFrame, movedFrame } from '../drawing/fixtures';
import type { ClusterFrame } from '../protocol/cluster-frame';
import { Bench } from './bench.svelte';
import type { Session } from './session.svelte';

let bench: Bench;
let frame: ClusterFrame;
beforeEach(() => {
  frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  const session = () =>
    ({ selected: null, scene: {}, frame, atMs: frame.atMs }) as unknown as Session;
  bench = new Bench(session);
});

describe('bench: the slot tool', () => {
  test('the needle follows the key while the tool is open', () => {
    bench.key.choose('user:{name}:cart');
    expect(bench.needle).toBeNull();
    bench.tab = 'crc16';
    expect(bench.needle).toMatchObject({ slot: 5798, label: 'user:{name}:cart' });
    bench.key.done = 16;
    expect(bench.needle).toEqual({
      ...{ slot: 5282, label: 'na' },
      earlier: [{ slot: 3432, label: 'n' }],
    });
  });

  test('a redirect has the needle while the tool is closed', () => {
    frame = movedFrame();
    expect(bench.needle).toEqual({ slot: 5798, label: 'name' });
    bench.keyIsSealed = true;
    expect(bench.needle).toBeNull();
  });

  test('another key starts with all of its shifts done', () => {
    bench.key.done = 3;
    bench.key.choose('foo');
    bench.tab = 'crc16';
    expect(bench.needle).toMatchObject({ slot: 12182, label: 'foo' });
  });

  test('a lesson keeps the needle at its key, whatever tab is open', () => {
    bench.keyIsPinned = true;
    bench.tab = 'log';
    expect(bench.needle?.slot).toBe(12182);
  });

  test('while a question about the key is open, nothing points at the answer', () => {
    bench.key.tapeIsInDock = true;
    bench.tab = 'crc16';
    expect(bench.tapeIsInDock).toBe(true);
    bench.keyIsPinned = true;
    bench.keyIsSealed = true;
    expect(bench.needle).toBeNull();
    expect(bench.tapeIsInDock).toBe(false);
  });

  test('the tape leaves the dock with its tab, and for a key with no bits', () => {
    bench.key.tapeIsInDock = true;
    bench.tab = 'table';
    expect(bench.tapeIsInDock).toBe(false);
    bench.tab = 'crc16';
    bench.key.choose('');
    expect(bench.tapeIsInDock).toBe(false);
  });

  test.each([
    ['first', ['crc16', 'table', 'message', 'terminal', 'log', 'machine']],
    ['last', ['table', 'message', 'terminal', 'log', 'machine', 'crc16']],
    ['none', ['table', 'message', 'terminal', 'log', 'machine']],
  ] as const)('among the tabs it comes %s', (place, tabs) => {
    bench.keyToolPlace = place;
    expect(bench.tabs).toEqual(tabs);
  });

  test('picking a node opens its table instead', () => {
    bench.tab = 'crc16';
    bench.selectNode('8902');
    expect(bench.tab).toBe('table');
  });
});
