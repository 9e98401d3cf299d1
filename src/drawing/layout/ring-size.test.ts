import { expect, test } from 'vitest';
import { fanLimitRad, moonAnglesRad, ringSize } from './ring-size';

const six = { masterCount: 3, moonCount: 1, hasClient: false, insetTop: 0 };

test('ring size: the values of the drawn plates (laptop, low laptop, phone)', () => {
  const laptop = ringSize({ ...six, width: 856, height: 622, insetTop: 64 });
  expect(laptop.radius).toBeCloseTo(200, -0.5);
  expect(laptop.band).toBeCloseTo(19, 0);
  expect(laptop.masterRadius).toBeCloseTo(27, 0);
  expect(laptop.replicaRadius).toBeCloseTo(19.5, 0);
  expect(laptop.orbit).toBeCloseTo(68, 0);
  const phone = ringSize({ ...six, width: 390, height: 380 });
  expect(phone.compact).toBe(true);
  expect(phone.radius).toBeCloseTo(113, -0.5);
  expect(phone.masterRadius).toBeCloseTo(21.5, 0);
});

test.each([
  [856, 558, 6],
  [1030, 456, 10],
  [390, 380, 6],
  [700, 400, 30],
])('ring size: the outermost disc stays within %d × %d (%d nodes)', (width, height, nodes) => {
  const masterCount = nodes / 2;
  const size = ringSize({ ...six, width, height, masterCount });
  const outermost = size.radius + size.orbit * Math.cos(moonAnglesRad(1)[0]!) + size.replicaRadius;
  expect(size.centreY + outermost).toBeLessThanOrEqual(height);
  expect(size.centreY - outermost).toBeGreaterThanOrEqual(0);
});

test.each([1, 2, 3, 4, 5])('moons: %d replicas of one master clear the band', (count) => {
  const size = ringSize({ ...six, width: 856, height: 622, moonCount: count });
  for (const phi of moonAnglesRad(count, fanLimitRad(size))) {
    const sag = (size.orbit * Math.sin(phi)) ** 2 / (2 * size.radius);
    const clear = size.orbit * Math.cos(phi) + sag - size.replicaRadius;
    expect(clear).toBeGreaterThanOrEqual(size.band / 2 + 3.9);
  }
});
