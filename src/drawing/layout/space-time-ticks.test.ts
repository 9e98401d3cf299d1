import { expect, test } from 'vitest';
import { clockLabel } from './space-time-ticks';

test('the time of day is shown in whole milliseconds, also while a run plays between two', () => {
  const at = Date.UTC(2024, 2, 9, 11, 43, 18, 374);
  expect(clockLabel(at)).toBe('11:43:18.374');
  expect(clockLabel(at + 0.875)).toBe('11:43:18.374');
  expect(clockLabel(Date.UTC(2024, 2, 9, 11, 43, 27, 31) + 0.5)).toBe('11:43:27.031');
});
