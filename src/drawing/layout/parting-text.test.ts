import { expect, test } from 'vitest';
import { partingValues } from './parting-text';

test('short values are told, long ones only by what they are', () => {
  expect(partingValues({ field: 'configEpoch', real: '5', ours: '4' })).toBe('configEpoch 5 ≠ 4');
  expect(partingValues({ field: 'slots', real: '0-5460', ours: '0-5461 8192-10922' })).toBe(
    'slots',
  );
});
