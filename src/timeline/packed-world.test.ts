import { describe, expect, test } from 'vitest';
import { hashWorld } from '../kernel/hash';
import { runUntilTime } from '../kernel/run';
import { DEFAULT_SCENE } from '../kernel/scene';
import { createWorld, type World } from '../kernel/world';
import type { Connection } from '../protocol/bus-state';
import type { ClusterNode } from '../protocol/cluster-state';
import { Connections } from '../protocol/connections';
import { nodeId } from '../protocol/ids';
import { CONNECTIONS, ENTRIES, type Packing, type Row } from './packings';
import { WorldDiary, unpackWorld } from './packed-world';
import { RowDiary } from './row-diary';

const SCENE = { ...DEFAULT_SCENE, inputs: [{ atMs: 8_000, input: KILL() }] };

function KILL() {
  return { type: 'kill', node: '8901' } as const;
}

const WORLD = runUntilTime(createWorld(DEFAULT_SCENE), 7_000);
const ROW = WORLD.nodes.get('8901')!.context.nodes[1]!;

describe('packed: a world comes back as it was', () => {
  test('each by itself, and each sharing with the one before', () => {
    const diary = new WorldDiary();
    let world: World = createWorld(SCENE);
    const line = [];
    for (let atMs = 800; atMs <= 16_000; atMs += 800) {
      world = runUntilTime(world, atMs);
      const alone = new WorldDiary().put(world);
      expect(hashWorld(unpackWorld(alone.packed))).toBe(hashWorld(world));
      const put = diary.put(world);
      line.push({ packed: put.packed, hash: hashWorld(world) });
      expect(hashWorld(put.world)).toBe(hashWorld(world));
      // Going on from what was put away, or from the world itself, is the same.
      if (atMs % 1_600 === 0) world = put.world;
    }
    for (const { packed, hash } of line) expect(hashWorld(unpackWorld(packed))).toBe(hash);
  });

  test('put away bit by bit while it goes on: as it was when that began', () => {
    const before = runUntilTime(createWorld(SCENE), 9_000);
    const hash = hashWorld(before);
    const { work, world } = new WorldDiary().begin(before);
    let later = world;
    let piece = work.next();
    for (; piece.done !== true; piece = work.next()) later = runUntilTime(later, later.nowMs + 50);
    expect(later.nowMs).toBeGreaterThan(9_200);
    expect(hashWorld(unpackWorld(piece.value))).toBe(hash);
  });

  test('and goes on as it would have', () => {
    const world = runUntilTime(createWorld(SCENE), 9_000);
    const back = unpackWorld(new WorldDiary().put(world).packed);
    expect(hashWorld(runUntilTime(back, 16_000))).toBe(hashWorld(runUntilTime(world, 16_000)));
  });
});

const NO_NUMBERS = new Float64Array();

describe('packed: no field is forgotten', () => {
  const entry = WORLD.nodes.get('8904')!.context.nodes[1]!;
  const [connection] = [...WORLD.bus.context.connections] as [Connection];
  const other = (value: unknown): unknown => {
    if (typeof value === 'number') return value + 1;
    if (typeof value === 'boolean') return !value;
    return typeof value === 'string' ? `${value}x` : [[1, 2]];
  };
  const back = <T extends { readonly id: string }>(before: T, after: T, packing: Packing<T>) => {
    const diary = new RowDiary(packing);
    diary.write([before], NO_NUMBERS, 0);
    return diary.read(diary.write([after], NO_NUMBERS, 5)).rows[0];
  };

  test.each(Object.keys(entry) as (keyof ClusterNode)[])('%s of an entry', (field) => {
    const changed = { ...entry, [field]: other(entry[field]) };
    expect(back(entry, changed, ENTRIES)).toEqual(changed);
  });

  test.each(Object.keys(connection) as (keyof Connection)[])('%s of a link', (field) => {
    const changed = { ...connection, [field]: other(connection[field]) };
    const world = withConnection(changed);
    const diary = new WorldDiary();
    diary.put(withConnection(connection));
    const { connections } = unpackWorld(diary.put(world).packed).bus.context;
    expect([...connections]).toEqual([changed]);
  });

  const withConnection = (one: Connection): World => {
    const { bus } = WORLD;
    const connections = Connections.none().with(one);
    return { ...WORLD, bus: { ...bus, context: { ...bus.context, connections } } };
  };
});

/** What a diary says of many times, once all is written. */
class Book<T extends { readonly id: string }> {
  private readonly diary: RowDiary<T>;
  private readonly times: { place: number; rows: readonly Row<T>[]; numbers: number[] }[] = [];

  constructor(packing: Packing<T>) {
    this.diary = new RowDiary(packing);
  }

  write(rows: readonly Row<T>[], numbers: Float64Array, nowMs: number): void {
    const place = this.diary.write(rows, numbers, nowMs);
    this.times.push({ place, rows, numbers: [...numbers] });
  }

  check(): void {
    for (const { place, rows, numbers } of this.times) {
      const read = this.diary.read(place);
      expect(read.rows).toEqual(rows);
      expect([...read.numbers]).toEqual(numbers);
    }
  }
}

describe('packed: every time can be read again', () => {
  test('change upon change, a row more in between, and one that goes', () => {
    const book = new Book(ENTRIES);
    const row = (port: number): ClusterNode => ({
      ...ROW,
      id: nodeId(port.toString(16).padStart(40, '0')),
      port,
    });
    let rows: ClusterNode[] = Array.from({ length: 40 }, (_, i) => row(i));
    for (let turn = 1; turn < 160; turn++) {
      rows = rows.map((one, i) => (i % 7 === turn % 7 ? { ...one, failMs: turn } : one));
      if (turn % 5 === 0) rows = rows.map((one) => ({ ...one, flags: turn, slots: [] }));
      if (turn === 30) rows = [...rows, row(99)];
      if (turn === 50) rows = [rows[7]!, row(98), row(97), ...rows.toSpliced(7, 1)];
      if (turn === 70) rows = rows.toSpliced(3, 1);
      const numbers = Float64Array.from({ length: 4 * rows.length }, (_, i) => turn + (i % 9));
      book.write(rows, numbers, turn * 100);
    }
    book.check();
  });

  test('of links: places that nobody has, and numbers that say little of now', () => {
    const [link] = [...WORLD.bus.context.connections] as [Connection];
    const book = new Book(CONNECTIONS);
    let rows: Row<Connection>[] = Array.from({ length: 40 }, (_, i) => ({ ...link, id: `a#${i}` }));
    const numbers = Float64Array.from({ length: 160 }, (_, i) => i);
    for (let turn = 1; turn < 160; turn++) {
      for (let i = turn % 7; i < numbers.length; i += 7) numbers[i] = turn;
      if (turn === 70) rows = rows.with(3, null);
      if (turn === 80) rows = rows.with(3, { ...link, id: 'b#1' });
      if (turn === 90) numbers[5] = 5_000_000_000;
      if (turn === 95) numbers[6] = 0.5;
      if (turn === 97) numbers[7] = -1;
      if (turn % 10 === 0) rows = rows.map((one) => one && { ...one, phase: 'closing' });
      book.write(rows, numbers, turn * 100);
    }
    book.check();
  });
});
