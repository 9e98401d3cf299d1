import { describe, expect, test } from 'vitest';
import { healthyFrame } from '../fixtures';
import { badgeRad, eyeRad } from './badge-side';
import { distancePx, polar } from './polar';
import { stageGeometry } from './stage-geometry';

const box = { width: 856, height: 558, insetTop: 0, hasClient: false, hasTally: false };

describe.each([
  [3, 1],
  [5, 1],
  [3, 2],
])('the eye of each of %d masters and its %d replicas', (masters, replicasPerMaster) => {
  const { places } = stageGeometry(healthyFrame({ masters, replicasPerMaster }), null, box);
  test.each([...places.values()])('of $name lies on no other disc, halo or badge', (place) => {
    const off = polar(place.radius + 6, eyeRad(place, places));
    const eye = { x: place.x + off.x, y: place.y + off.y };
    for (const other of places.values()) {
      if (other.name === place.name) continue;
      const badge = polar(other.radius + 6, badgeRad(other, places.size));
      expect(distancePx(eye, other)).toBeGreaterThan(other.radius + 15);
      expect(distancePx(eye, { x: other.x + badge.x, y: other.y + badge.y })).toBeGreaterThan(18);
    }
  });
});

test('where nobody is near, the eye sits opposite the badge', () => {
  const { places } = stageGeometry(healthyFrame({ masters: 3, replicasPerMaster: 0 }), null, box);
  for (const place of places.values()) {
    expect(eyeRad(place, places) - badgeRad(place, places.size)).toBeCloseTo(Math.PI);
  }
});
