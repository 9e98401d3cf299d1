import { describe, expect, test } from 'vitest';
import { hashWorld } from '../kernel/hash';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld, type World } from '../kernel/world';
import type { ClusterNode } from '../protocol/cluster-state';
import { packRows, unpackRows } from './packed-rows';
import { CONNECTIONS, ENTRIES, packWorld, unpackWorld, type Earlier } from './packed-world';

const SCENE = { ...DEFAULT_SCENE, inputs: [{ atMs: 8_000, input: KILL() }] };

function KILL() {
  return { type: 'kill', node: '8901' } as const;
}

const ROW = runUntilTime(createWorld(DEFAULT_SCENE), 3_000).nodes.get('8901')!.context.nodes[1]!;

describe('packed: a world comes back as it was', () => {
  test('each by itself, and each sharing with the one before', () => {
    let world: World = createWorld(SCENE);
    let earlier: Earlier | null = null;
    for (let atMs = 500; atMs <= 16_000; atMs += 500) {
      world = runUntilTime(world, atMs);
      const alone = packWorld(world, null);
      earlier = packWorld(world, earlier);
      expect(hashWorld(unpackWorld(alone.packed))).toBe(hashWorld(world));
      expect(hashWorld(unpackWorld(earlier.packed))).toBe(hashWorld(world));
    }
  });

  test('and goes on as it would have', () => {
    const world = runUntilTime(createWorld(SCENE), 9_000);
    const back = unpackWorld(packWorld(world, null).packed);
    expect(hashWorld(runUntilTime(back, 16_000))).toBe(hashWorld(runUntilTime(world, 16_000)));
  });
});

describe('packed: no field is forgotten', () => {
  const world = runUntilTime(createWorld(DEFAULT_SCENE), 7_000);
  const entry = world.nodes.get('8904')!.context.nodes[1]!;
  const connection = world.bus.context.connections.first()!;
  const other = (value: unknown): unknown => {
    if (typeof value === 'number') return value + 1;
    if (typeof value === 'boolean') return !value;
    return typeof value === 'string' ? `${value}x` : [[1, 2]];
  };

  test.each(Object.keys(entry) as (keyof ClusterNode)[])('%s of an entry', (field) => {
    const before = packRows([entry], 7_000, null, ENTRIES);
    const changed = { ...entry, [field]: other(entry[field]) };
    const [back] = unpackRows(
      packRows([changed], 7_000, { packed: before, rows: [entry] }, ENTRIES),
      ENTRIES,
    );
    expect(back).toEqual(changed);
  });

  test.each(Object.keys(connection) as (keyof typeof connection)[])('%s of a link', (field) => {
    const before = packRows([connection], 7_000, null, CONNECTIONS);
    const changed = { ...connection, [field]: other(connection[field]) };
    const [back] = unpackRows(
      packRows([changed], 7_000, { packed: before, rows: [connection] }, CONNECTIONS),
      CONNECTIONS,
    );
    expect(back).toEqual(changed);
  });
});

describe('packed: where little has changed, little is written', () => {
  test('change upon change, and a row more in between', () => {
    let rows = Array.from({ length: 40 }, (_, i) => ({ ...ROW, port: i }));
    let earlier = { packed: packRows(rows, 1_000, null, ENTRIES), rows };
    for (let turn = 1; turn < 60; turn++) {
      rows = rows.map((row, i) => (i % 7 === turn % 7 ? { ...row, pongReceivedMs: turn } : row));
      if (turn % 11 === 0) rows = rows.map((row) => ({ ...row, pingSentMs: turn }));
      if (turn === 30) rows = [...rows, { ...ROW, port: 99 }];
      const packed = packRows(rows, 1_000 + turn, earlier, ENTRIES);
      expect(unpackRows(packed, ENTRIES)).toEqual(rows);
      earlier = { packed, rows };
    }
  });

  test('nothing has changed: nothing is written', () => {
    const rows = [ROW];
    const packed = packRows(rows, 5_000, null, ENTRIES);
    expect(packRows([ROW], 9_000, { packed, rows }, ENTRIES)).toBe(packed);
  });
});

describe('packed: numbers that do not fit', () => {
  test.each([
    ['a time long past', { pongReceivedMs: 5 }],
    ['a time far ahead', { pingSentMs: 2_000_000 }],
    ['an offset that fell', { offsetBytes: 1 }],
    ['an offset that leapt', { offsetBytes: 5_000_000_000 }],
  ])('%s: the row is kept whole', (_, change) => {
    const base = { ...ROW, offsetBytes: 100 };
    const before = packRows([base], 900_000, null, ENTRIES);
    const row = { ...base, ...change };
    const packed = packRows([row], 900_000, { packed: before, rows: [base] }, ENTRIES);
    expect(unpackRows(packed, ENTRIES)).toEqual([row]);
  });
});
