import { expect, test } from 'vitest';
import { clearOf, type PillPicture } from './fact-pills';

const pill = (x: number, y: number, anchor: PillPicture['anchor']): PillPicture => ({
  ...{ name: '8901', icon: 'unequal', isAway: false, x, y, anchor },
});

test('a pill that would lie on another stands above it or below it, and elsewhere stays', () => {
  const other = pill(-100, 0, 'start');
  const first = clearOf(pill(100, 4, 'end'), [other], 90);
  const second = clearOf(pill(100, 4, 'end'), [other, first], 90);
  const levels = [other, first, second].map(({ y }) => y).sort((a, b) => a - b);
  expect(levels[1]! - levels[0]!).toBeGreaterThan(20);
  expect(levels[2]! - levels[1]!).toBeGreaterThan(20);
  expect(clearOf(pill(400, 4, 'end'), [other], 90).y).toBe(4);
});
