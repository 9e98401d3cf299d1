import { expect, test } from 'vitest';
import { orderOfDict } from './dict-order';

/** The order in which the real tool covered 75 slots that it had found in ascending order. */
const COVERED = [
  9403, 8580, 6745, 6768, 6949, 9105, 5698, 6050, 5994, 7138, 7830, 8419, 5504, 6820, 7480, 5568,
  6903, 9275, 7908, 8372, 7929, 7750, 6001, 6654, 7622, 8804, 8000, 6824, 8651, 5637, 7236, 6597,
  6974, 6388, 7090, 7073, 5488, 7176, 7968, 7503, 8398, 6952, 9399, 9332, 7553, 8600, 8047, 6544,
  8229, 10586, 6819, 5475, 9803, 8179, 7501, 8030, 10519, 9878, 8859, 10343, 10162, 10563, 10802,
  10401, 5927, 6498, 8506, 6296, 7226, 5885, 9303, 10523, 9915, 10262, 10777,
].map(String);

const ascending = (texts: readonly string[]): string[] =>
  [...texts].sort((a, b) => Number(a) - Number(b));

test('dict-order: 75 slots come in the order in which redis-cli mends them', () => {
  expect(orderOfDict(ascending(COVERED))).toEqual(COVERED);
});

test('dict-order: three slots', () => {
  expect(orderOfDict(['7006', '7007', '7008'])).toEqual(['7007', '7006', '7008']);
});

test('dict-order: a text added twice is listed once', () => {
  expect(orderOfDict(['7', '7', '5'])).toHaveLength(2);
});

test('dict-order: nothing is lost while the table grows', () => {
  const texts = Array.from({ length: 1_000 }, (_, i) => String(i));
  for (let count = 0; count <= texts.length; count += 7) {
    const some = texts.slice(0, count);
    expect(ascending(orderOfDict(some))).toEqual(some);
  }
});
