import { describe, expect, test } from 'vitest';
import { hashWorld } from '../kernel/hash';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld, type World } from '../kernel/world';
import type { Connection } from '../protocol/bus-state';
import type { ClusterNode } from '../protocol/cluster-state';
import { packNumbers, unpackNumbers } from './packed-numbers';
import { packRows, unpackRows, type Packing } from './packed-rows';
import { packWorld, unpackWorld, type Earlier } from './packed-world';
import { CONNECTIONS, ENTRIES } from './packings';

const SCENE = { ...DEFAULT_SCENE, inputs: [{ atMs: 8_000, input: KILL() }] };

function KILL() {
  return { type: 'kill', node: '8901' } as const;
}

const WORLD = runUntilTime(createWorld(DEFAULT_SCENE), 7_000);
const ROW = WORLD.nodes.get('8901')!.context.nodes[1]!;

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
  const entry = WORLD.nodes.get('8904')!.context.nodes[1]!;
  const [connection] = [...WORLD.bus.context.connections] as [Connection];
  const other = (value: unknown): unknown => {
    if (typeof value === 'number') return value + 1;
    if (typeof value === 'boolean') return !value;
    return typeof value === 'string' ? `${value}x` : [[1, 2]];
  };
  const back = <T extends object>(before: T, after: T, packing: Packing<T>): unknown =>
    unpackRows(packRows([after], packRows([before], null, packing), packing).packed, packing)[0];

  test.each(Object.keys(entry) as (keyof ClusterNode)[])('%s of an entry', (field) => {
    const changed = { ...entry, [field]: other(entry[field]) };
    expect(back(entry, changed, ENTRIES)).toEqual(changed);
  });

  test.each(Object.keys(connection) as (keyof Connection)[])('%s of a link', (field) => {
    const changed = { ...connection, [field]: other(connection[field]) };
    expect(back(connection, changed, CONNECTIONS)).toEqual(changed);
  });
});

describe('packed: where little has changed, little is written', () => {
  test('change upon change, a row more in between, and one that goes', () => {
    let rows: (ClusterNode | null)[] = Array.from({ length: 40 }, (_, i) => ({ ...ROW, port: i }));
    let earlier = packRows(rows, null, ENTRIES);
    for (let turn = 1; turn < 160; turn++) {
      rows = rows.map((row, i) => (row && i % 7 === turn % 7 ? { ...row, failMs: turn } : row));
      if (turn % 5 === 0) rows = rows.map((row) => row && { ...row, flags: turn, slots: [] });
      if (turn === 30) rows = [...rows, { ...ROW, port: 99 }];
      if (turn === 70) rows = rows.with(3, null);
      if (turn === 80) rows = rows.with(3, { ...ROW, port: 98 });
      earlier = packRows(rows, earlier, ENTRIES);
      expect(unpackRows(earlier.packed, ENTRIES)).toEqual(rows);
    }
  });

  test('nothing has changed: nothing is written', () => {
    const earlier = packRows([ROW], null, ENTRIES);
    expect(packRows([ROW], earlier, ENTRIES).packed).toBe(earlier.packed);
  });
});

describe('packed: of links where little has changed, little is written', () => {
  const [link] = [...WORLD.bus.context.connections] as [Connection];

  test('change upon change, also to numbers of many bytes', () => {
    let rows: (Connection | null)[] = Array.from({ length: 40 }, (_, i) => ({
      ...link,
      id: `8901#${i}`,
    }));
    let earlier = packRows(rows, null, CONNECTIONS);
    for (let turn = 1; turn < 160; turn++) {
      rows = rows.map((row, i) => (row && i % 7 === turn % 7 ? { ...row, ackedAtMs: turn } : row));
      if (turn % 11 === 0) rows = rows.map((row) => row && { ...row, joinableMs: turn });
      if (turn === 70) rows = rows.with(3, null);
      if (turn === 80) rows = rows.with(3, { ...link, ackedAtMs: 5_000_000_000 });
      earlier = packRows(rows, earlier, CONNECTIONS);
      expect(unpackRows(earlier.packed, CONNECTIONS)).toEqual(rows);
    }
  });
});

describe('packed: numbers', () => {
  test('change upon change, a number more in between', () => {
    let values = Float64Array.from({ length: 40 }, (_, i) => i);
    let earlier = packNumbers(values, null);
    for (let turn = 1; turn < 160; turn++) {
      values = values.map((value, i) => (i % 7 === turn % 7 ? turn : value));
      if (turn === 30) values = Float64Array.of(...values, 99);
      if (turn === 80) values[3] = 5_000_000_000;
      if (turn === 90) values[4] = 0.5;
      earlier = packNumbers(values, earlier);
      expect([...unpackNumbers(earlier.packed)]).toEqual([...values]);
    }
  });

  test('nothing has changed: nothing is written', () => {
    const earlier = packNumbers(Float64Array.of(1, 2), null);
    expect(packNumbers(Float64Array.of(1, 2), earlier).packed).toBe(earlier.packed);
  });

  test('an offset of many gigabytes and a time that is no whole number come back', () => {
    const values = Float64Array.of(5_000_000_000, 0.5);
    const earlier = packNumbers(Float64Array.of(1, 2), null);
    expect([...unpackNumbers(packNumbers(values, earlier).packed)]).toEqual([...values]);
  });
});
