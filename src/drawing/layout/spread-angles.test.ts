import fc from 'fast-check';
import { expect, test } from 'vitest';
import { angleBetweenRad, TURN_RAD } from './polar';
import { spreadAngles } from './spread-angles';

test('spread: discs that do not touch stay where they are', () => {
  expect(spreadAngles([1, 3, 5], 0.3)).toEqual([1, 3, 5]);
});

test('spread: two on one spot part evenly', () => {
  const [a, b] = spreadAngles([2, 2], 0.4);
  expect(a).toBeCloseTo(1.8);
  expect(b).toBeCloseTo(2.2);
});

test('spread: a crowd across 12 o’clock parts too', () => {
  const angles = spreadAngles([0.05, TURN_RAD - 0.05], 0.4);
  expect(angleBetweenRad(angles[0]!, angles[1]!)).toBeCloseTo(0.4);
});

test('spread: no two are nearer than asked, whatever the wishes', () => {
  const wishes = fc.array(fc.double({ min: 0, max: TURN_RAD, noNaN: true }), {
    minLength: 2,
    maxLength: 20,
  });
  fc.assert(
    fc.property(wishes, (wishesRad) => {
      const apart = Math.min(0.3, TURN_RAD / wishesRad.length);
      const angles = spreadAngles(wishesRad, 0.3);
      for (const [i, a] of angles.entries()) {
        for (const b of angles.slice(0, i)) {
          expect(angleBetweenRad(a, b)).toBeGreaterThan(apart - 1e-6);
        }
      }
    }),
  );
});
