import { expect, test } from 'vitest';
import { EMPTY_BUFFER, append } from './send-buffer';

test('send buffer: grows as a redis-server whose peer did not answer showed in CLUSTER LINKS', () => {
  const afterPing = append(EMPTY_BUFFER, 2_464);
  expect(afterPing).toEqual({ usedBytes: 2_464, allocatedBytes: 5_114 });
  const afterOne = append(afterPing, 5_265);
  expect(afterOne).toEqual({ usedBytes: 7_729, allocatedBytes: 16_378 });
  expect(append(afterOne, 5_265)).toEqual({ usedBytes: 12_994, allocatedBytes: 16_378 });
});

test('send buffer: more than a megabyte is needed to grow by a megabyte', () => {
  const { allocatedBytes } = append(EMPTY_BUFFER, 3_000_000);
  expect(allocatedBytes).toBeGreaterThanOrEqual(3_000_000 + 1_048_576);
  expect(allocatedBytes).toBeLessThan(3_000_000 * 2);
});
