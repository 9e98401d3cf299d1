import { describe, expect, test } from 'vitest';
import { ListDiary } from './list-diary';

const entries = Array.from({ length: 5 }, (_, number) => ({ number }));
const [a, b, c, d, e] = entries as [object, object, object, object, object];

describe('lists put away', () => {
  test('each comes back with the very same entries, in its order', () => {
    const diary = new ListDiary<object>();
    const lists = [[], [a], [a, b, c], [a, c], [c, d, a], [], [b, e], [e, b]];
    const places = lists.map((list) => diary.write(list));
    places.forEach((place, i) => {
      const back = diary.read(place);
      expect(back).toHaveLength(lists[i]!.length);
      back.forEach((entry, at) => expect(entry).toBe(lists[i]![at]));
    });
  });

  test('the same list again takes no room', () => {
    const diary = new ListDiary<object>();
    const list = [a, b];
    const place = diary.write(list);
    expect(diary.write(list)).toBe(place);
    expect(diary.write([b])).toBeGreaterThan(place);
  });
});
