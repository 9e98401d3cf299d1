import { expect, test } from 'vitest';
import { healthyFrame } from '../fixtures';
import { fingerRadii } from './finger-room';
import { stageGeometry } from './stage-geometry';

const phone = { width: 390, height: 346, insetTop: 0, hasClient: false, hasTally: false };
const roomOf = (masters: number, replicasPerMaster: number) => {
  const frame = healthyFrame({ masters, replicasPerMaster });
  const { places } = stageGeometry(frame, null, phone);
  return { places, radii: fingerRadii(places) };
};

test('finger room: six discs of a phone are each as wide as a fingertip', () => {
  expect([...roomOf(3, 1).radii.values()]).toEqual([22, 22, 22, 22, 22, 22]);
});

test('finger room: where discs stand close, none reaches into another', () => {
  const { places, radii } = roomOf(6, 2);
  for (const a of places.values()) {
    expect(radii.get(a.name)).toBeGreaterThanOrEqual(a.radius);
    for (const b of places.values()) {
      if (a === b) continue;
      const apart = Math.hypot(a.x - b.x, a.y - b.y);
      expect(radii.get(a.name)! - 0.001).toBeLessThan(apart - b.radius + 0.001);
    }
  }
});
