import { describe, expect, test } from 'vitest';
import { ChangeBook } from './change-book';

const BASE = {
  count: 1,
  name: 'a',
  list: [1, 2, { deep: 3 }] as unknown[],
  record: { x: 1, y: { z: 2 } } as object | null,
};

function throughTheBook(base: typeof BASE, now: typeof BASE): unknown {
  const book = new ChangeBook();
  const { toNumbers, numbers, toValues, values } = book.changes(base, now);
  const copy = { ...base };
  const own = new Set();
  toNumbers.forEach((way, i) => book.write(copy, own, way, numbers[i]));
  toValues.forEach((way, i) => book.write(copy, own, way, values[i]));
  return copy;
}

describe('what has changed comes back, and what it was stays', () => {
  test.each([
    ['nothing', {}],
    ['a number', { count: 2 }],
    ['a number that is not whole', { count: 0.5 }],
    ['a number beyond four bytes', { count: Number.MAX_SAFE_INTEGER }],
    ['a word', { name: 'b' }],
    ['a number deep in a list', { list: [1, 2, { deep: 4 }] }],
    ['a longer list', { list: [1, 2, { deep: 3 }, 4] }],
    ['two numbers deep in a record', { record: { x: 5, y: { z: 6 } } }],
    ['another key', { record: { x: 1, y: { w: 2 } } }],
    ['no record', { record: null }],
  ])('%s', (_, change) => {
    const before = structuredClone(BASE);
    const now = { ...BASE, ...change };
    expect(throughTheBook(BASE, now)).toEqual(now);
    expect(BASE).toEqual(before);
  });

  test('the order of keys, too', () => {
    const now = { ...BASE, record: { y: { z: 2 }, x: 9 } };
    const back = throughTheBook(BASE, now) as typeof BASE;
    expect(Object.keys(back.record!)).toEqual(['y', 'x']);
  });
});
