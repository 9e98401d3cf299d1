import { expect, test } from 'vitest';
import { ByteLog, LogReader, fits } from './byte-log';

const NUMBERS = [
  0,
  1,
  -1,
  63,
  64,
  -64,
  -65,
  127,
  128,
  16_383,
  16_384,
  2 ** 31,
  -(2 ** 31),
  2 ** 50,
];

test('whole numbers of any size come back, one after the other', () => {
  const log = new ByteLog();
  for (const value of NUMBERS) log.whole(value);
  const reader = new LogReader(log, 0);
  expect(NUMBERS.map(() => reader.whole())).toEqual(NUMBERS);
  expect(reader.at).toBe(log.length);
});

test('a small one takes one byte', () => {
  const log = new ByteLog();
  log.natural(127);
  expect(log.length).toBe(1);
});

test.each([0.5, NaN, Infinity, -0, Number.MAX_SAFE_INTEGER])('%d does not fit', (value) => {
  expect(fits(value)).toBe(false);
});
