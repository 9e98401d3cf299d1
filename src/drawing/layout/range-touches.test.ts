import { expect, test } from 'vitest';
import { rangeTouches } from './range-touches';

const range = { text: '0–5460', path: '', at: { x: 0, y: -180 } };

test('range: a halo at the end of its figures touches it, one beyond does not', () => {
  expect(rangeTouches(range, { x: 40, y: -185 }, 22)).toBe(true);
  expect(rangeTouches(range, { x: 60, y: -185 }, 22)).toBe(false);
  expect(rangeTouches(range, { x: 0, y: -150 }, 22)).toBe(false);
});
