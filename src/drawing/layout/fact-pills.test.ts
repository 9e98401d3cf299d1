import { expect, test } from 'vitest';
import { healthyFrame } from '../fixtures';
import { clearOf, pillMiddle, pillPicture, type PillPicture } from './fact-pills';
import { stageGeometry } from './stage-geometry';

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

test('in a larger cluster a pill leaves room for what waits unread before the disc', () => {
  const apartPx = (masters: number) => {
    const frame = healthyFrame({ masters, replicasPerMaster: 0 });
    const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };
    const geometry = stageGeometry(frame, null, box);
    const place = geometry.places.get('8902')!;
    const node = { ...frame.nodes[1]!, process: 'frozen' as const };
    return place.x - place.radius - pillPicture(node, place, { geometry, ...box }).x;
  };
  expect(apartPx(9) - apartPx(8)).toBe(10);
});

test('a pill that names its node is longer than one beside its own disc', () => {
  const named = { ...pill(0, 0, 'start'), isAway: true };
  expect(pillMiddle(named).x).toBeGreaterThan(pillMiddle(pill(0, 0, 'start')).x);
});
