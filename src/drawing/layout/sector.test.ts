import { arc } from 'd3';
import { expect, test } from 'vitest';
import { sectorPath } from './sector';

const numbers = (path: string) => path.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)!.map(Number);
const letters = (path: string) => path.replace(/[^A-Z]/g, '');

test.each([
  [200, 206, 0, 1],
  [60, 73, 0.3, 2.9],
  [190, 206, -0.4, 5.1],
  [6.8, 10.4, 4.2, 6.1],
])('a sector from %d to %d pixels is the one d3 draws', (inner, outer, from, to) => {
  const drawn = arc()({
    innerRadius: inner,
    outerRadius: outer,
    startAngle: from,
    endAngle: to,
  })!;
  const own = sectorPath(inner, outer, from, to);
  expect(letters(own)).toBe(letters(drawn));
  for (const [i, value] of numbers(drawn).entries()) {
    expect(numbers(own)[i]).toBeCloseTo(value, 3);
  }
});

test('a whole turn is two circles, the inner one the other way round', () => {
  const path = sectorPath(10, 20, 0, 2 * Math.PI);
  expect(letters(path)).toBe('MAAZMAAZ');
  expect(path).toContain('A20,20,0,1,1');
  expect(path).toContain('A10,10,0,1,0');
});
