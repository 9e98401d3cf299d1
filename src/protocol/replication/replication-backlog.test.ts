import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BLOCK_BYTES,
  appendToBacklog,
  backlogCovers,
  backlogLength,
  commandsFrom,
  createBacklog,
  type Backlog,
} from './replication-backlog';

/** A backlog behind offset 0 after commands of these sizes, each named by its number. */
function filled(sizes: readonly number[], limitBytes: number): Backlog {
  return sizes.reduce(
    (backlog, bytes, i) => appendToBacklog(backlog, { argv: [String(i)], bytes }, limitBytes),
    createBacklog(0),
  );
}

describe('backlog: what it holds', () => {
  test('empty: the next byte is the first', () => {
    const backlog = createBacklog(114);
    expect(backlogLength(backlog)).toBe(0);
    expect([114, 115, 116].map((offset) => backlogCovers(backlog, offset))).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('all of a short stream, from any command on', () => {
    const backlog = filled([23, 31, 14], 1_048_576);
    expect(backlog).toMatchObject({ firstBytes: 1, nextBytes: 69 });
    expect(commandsFrom(backlog, 1)).toEqual([['0'], ['1'], ['2']]);
    expect(commandsFrom(backlog, 24)).toEqual([['1'], ['2']]);
    expect(commandsFrom(backlog, 69)).toEqual([]);
  });
});

describe('backlog: it drops whole blocks, as measured with redis-server', () => {
  // SELECT, then 1,000 times SET of a key of 9 bytes to a value of 1,000.
  const sizes = [23, ...Array.from({ length: 1_000 }, () => 1_037)];
  test.each([
    [16_384, 1_001_561, 35_463],
    [65_536, 960_681, 76_343],
    [500_000, 531_441, 505_583],
  ])('repl-backlog-size %i: first byte %i, %i bytes', (limit, first, length) => {
    const backlog = filled(sizes, limit);
    expect({ first: backlog.firstBytes, length: backlogLength(backlog) }).toEqual({
      first,
      length,
    });
  });

  test('never the last block, nor below the limit', () => {
    const backlog = filled([BLOCK_BYTES, BLOCK_BYTES, BLOCK_BYTES], 1);
    expect(backlog).toMatchObject({ firstBytes: BLOCK_BYTES * 2 + 1, roomBytes: 0 });
    expect(backlogLength(backlog)).toBe(BLOCK_BYTES);
  });

  test('a write longer than a block spans several', () => {
    const backlog = filled([BLOCK_BYTES * 3 + 5, 10], 1_048_576);
    expect(commandsFrom(backlog, BLOCK_BYTES * 3 + 6)).toEqual([['1']]);
    expect(backlog.blocks).toHaveLength(4);
  });
});

test('backlog: what it covers it can send, whatever the sizes and the limit', () => {
  const sizes = fc.array(fc.integer({ min: 14, max: 60_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 200_000 }), (all, limit) => {
      const backlog = filled(all, limit);
      const total = all.reduce((sum, bytes) => sum + bytes, 0);
      expect(backlog.nextBytes).toBe(total + 1);
      expect(backlogLength(backlog)).toBeGreaterThanOrEqual(Math.min(total, limit));
      let atBytes = 1;
      all.forEach((bytes, i) => {
        if (backlogCovers(backlog, atBytes)) {
          expect(commandsFrom(backlog, atBytes)).toHaveLength(all.length - i);
        }
        atBytes += bytes;
      });
    }),
  );
});
