import { expect, test } from 'vitest';
import { zoneName } from './zone-name';

test('a zone by what its clocks show more than UTC', () => {
  const names = [0, 2, 5.5, -3.5, 12].map((hours) => zoneName(hours * 3_600_000));
  expect(names).toEqual(['UTC', 'UTC+2', 'UTC+5:30', 'UTC−3:30', 'UTC+12']);
});
