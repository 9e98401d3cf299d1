import { expect, test } from 'vitest';
import { clearOf, pillMiddle, type PillPicture } from './fact-pills';

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

test('a pill that gives way moves towards the centre of the ring first', () => {
  const [upper, lower] = [pill(0, -150, 'middle'), pill(0, 150, 'middle')];
  expect(clearOf(pill(20, -150, 'middle'), [upper], 52).y).toBeGreaterThan(-150);
  expect(clearOf(pill(20, 150, 'middle'), [lower], 52).y).toBeLessThan(150);
});

test('a pill that names its node is longer than one beside its own disc', () => {
  const named = { ...pill(0, 0, 'start'), isAway: true };
  expect(pillMiddle(named).x).toBeGreaterThan(pillMiddle(pill(0, 0, 'start')).x);
});
