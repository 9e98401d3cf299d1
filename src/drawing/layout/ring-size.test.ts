import { expect, test } from 'vitest';
import { healthyFrame } from '../fixtures';
import { crowdLabels } from './crowd-labels';
import { fanLimitRad, hasPortsOutside, moonAnglesRad, ringSize } from './ring-size';
import { stageGeometry } from './stage-geometry';

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

test('ring size: from the last row a port can be read, and all stays on the stage', () => {
  const stage = { ...six, width: 720, height: 640, isBare: true };
  const [far, near] = [ringSize({ ...stage, isFar: true }), ringSize(stage)];
  expect(far.masterRadius).toBeGreaterThan(1.07 * near.masterRadius);
  expect(far.masterRadius / far.radius).toBeCloseTo(46 / 312, 2);
  expect(far.band / far.radius).toBeCloseTo(33 / 312, 2);
  const moon = moonAnglesRad(1, fanLimitRad(far))[0]!;
  const reach = far.radius + far.orbit * Math.cos(moon) + far.replicaRadius;
  expect(far.centreY + reach).toBeLessThanOrEqual(stage.height);
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

test('ring size: where discs have no ports, ports outside the ring stay on the stage', () => {
  const frame = healthyFrame({ masters: 30, replicasPerMaster: 1 });
  const stage = { width: 856, height: 622, insetTop: 64, hasClient: false, hasTally: false };
  const { size, places } = stageGeometry(frame, null, stage);
  expect(hasPortsOutside(size)).toBe(true);
  const labels = crowdLabels(places, size.radius + size.band / 2 + 19, ['8905']);
  expect(labels.map(({ name }) => name)).toContain('8905');
  const reachPx = 4 * 6.7;
  for (const { name, x, y } of labels) {
    const far = Math.hypot(x, y);
    const [endX, endY] = [x, y].map((part) => part * (1 + reachPx / far));
    expect(size.centreY + endY!, name).toBeGreaterThan(stage.insetTop);
    expect(size.centreY + endY!, name).toBeLessThan(stage.height);
    expect(size.centreX + endX!, name).toBeGreaterThan(0);
  }
});
