import { describe, expect, test } from 'vitest';
import { hex, walkKey } from './crc16';
import { shiftsAt, tapePicture, tapeTexts } from './crc16-tape';

const name = walkKey('name');
const long = walkKey('x'.repeat(40));

describe('crc16-tape', () => {
  test('a column for each shift, from left to right, within the width', () => {
    for (const widthPx of [288, 326, 700, 1_228]) {
      const { columns, columnPx, leftPx, rightPx } = tapePicture(name, 32, widthPx);
      expect(columns.map((c) => c.shift.index)).toEqual(Array.from({ length: 32 }, (_, i) => i));
      expect(rightPx).toBeCloseTo(leftPx + 32 * columnPx);
      expect(rightPx).toBeLessThan(widthPx);
      expect(columnPx).toBeGreaterThanOrEqual(8.5);
    }
  });

  test('a column has 16 cells: those of the register after its shift, by value', () => {
    const { columns } = tapePicture(name, 32, 1_228);
    for (const { shift, ones, zeros } of columns) {
      const onesCount = ones.split('z').length - 1;
      expect(onesCount).toBe(shift.after.toString(2).replaceAll('0', '').length);
      expect(onesCount + zeros.split('z').length - 1).toBe(16);
    }
  });

  test('past, now and ahead follow the shifts done', () => {
    const times = (done: number) => tapePicture(name, done, 326).columns.map((c) => c.time);
    expect(times(0)).not.toContain('now');
    expect(times(0).every((time) => time === 'ahead')).toBe(true);
    expect(times(31).slice(29)).toEqual(['past', 'now', 'ahead']);
    expect(times(32).at(-1)).toBe('now');
  });

  test('a click on a column goes to the end of its shift, and the playhead is there (any width)', () => {
    for (const widthPx of [300, 326, 1_228]) {
      const picture = tapePicture(name, 0, widthPx);
      for (const { shift, middlePx } of picture.columns) {
        const done = shiftsAt(picture, middlePx);
        expect(done).toBe(shift.index + 1);
        const moved = tapePicture(name, done, widthPx);
        expect(moved.playheadPx).toBeCloseTo(middlePx + moved.columnPx / 2 + 0.5);
      }
      expect(shiftsAt(picture, 0)).toBe(0);
      expect(shiftsAt(picture, 5_000)).toBe(32);
    }
  });

  test('a long key is shown a page at a time, and a drag stays on its page', () => {
    const inSight = (done: number) => tapePicture(long, done, 326).inSight;
    expect(inSight(0)).toEqual([0, 3]);
    expect(inSight(32)).toEqual([0, 3]);
    expect(inSight(33)).toEqual([4, 7]);
    expect(inSight(40 * 8)).toEqual([36, 39]);
    const second = tapePicture(long, 40, 326);
    for (const xPx of [-50, 0, 100, 400]) {
      expect(inSight(shiftsAt(second, xPx))).toEqual([4, 7]);
    }
  });

  test('the last page is full', () => {
    const walk = walkKey('x'.repeat(10));
    expect(tapePicture(walk, 80, 326).inSight).toEqual([6, 9]);
  });

  test('figures only where they fit', () => {
    const first = (widthPx: number) => tapePicture(name, 32, widthPx).bytes[0];
    expect(first(1_228)).toMatchObject({ character: 'n', value: '0x6e', register: hex(0x8d68) });
    expect(first(326)).toMatchObject({ character: 'n', value: '0x6e', register: null });
  });

  test('in words: each byte in sight with its register and the shifts that XOR', () => {
    expect(tapeTexts(name, [0, 3])).toEqual([
      { index: 0, name: 'n', after: '0x8D68', xors: '2 3 5' },
      { index: 1, name: 'a', after: '0x54A2', xors: '1 2 3 7' },
      { index: 2, name: 'm', after: '0x057A', xors: '3 4 5 7' },
      { index: 3, name: 'e', after: '0x16A6', xors: '2 3 6 7' },
    ]);
    expect(tapeTexts(walkKey('é'), [0, 1]).map((said) => said.name)).toEqual(['é', '0xA9']);
  });

  test('the empty key has no columns', () => {
    const picture = tapePicture(walkKey(''), 0, 326);
    expect(picture).toMatchObject({ columns: [], bytes: [], inSight: null });
    expect(shiftsAt(picture, 100)).toBe(0);
  });
});
