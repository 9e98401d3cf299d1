import { expect, test, vi } from 'vitest';
import { lookEveryMs, Looks } from './looks';

test.each([
  [6, 0],
  [16, 0],
  [17, 17],
  [75, 75],
  [300, 150],
])('%d nodes: a look each %d ms', (count, everyMs) => {
  expect(lookEveryMs(count)).toBe(everyMs);
});

test('between two looks only the playhead moves; when time stops, what was missed is seen', () => {
  let nowMs = 1_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const seen: (number | 'all')[] = [];
  const looks = new Looks({
    lookEveryMs: () => 75,
    onmove: () => seen.push('all'),
    ontween: (atMs) => seen.push(atMs),
    onstate: () => undefined,
    onnone: () => undefined,
    onbreak: () => undefined,
  });
  for (const atMs of [10, 12, 14]) {
    looks.follow(atMs);
    nowMs += 40;
  }
  expect(seen).toEqual(['all', 12, 'all']);
  looks.catchUp();
  expect(seen).toHaveLength(3);
  looks.follow(16);
  looks.catchUp();
  expect(seen).toEqual(['all', 12, 'all', 16, 'all']);
  clock.mockRestore();
});
