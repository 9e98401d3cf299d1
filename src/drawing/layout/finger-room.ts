/** How far around a disc a finger may land: on a phone discs are smaller than fingertips. */
import type { NodeName } from '../../protocol/ids';
import type { NodePlaces } from './node-places';
import { distancePx } from './polar';

const FINGER_RADIUS_PX = 22;

/** Radii of what a finger hits; two of them touch at most, and none is smaller than its disc. */
export function fingerRadii(places: NodePlaces): ReadonlyMap<NodeName, number> {
  const all = [...places.values()];
  return new Map(
    all.map((place) => {
      const others = all.filter((other) => other !== place);
      const nearest = Math.min(...others.map((other) => distancePx(place, other) / 2));
      return [place.name, Math.max(place.radius, Math.min(FINGER_RADIUS_PX, nearest))];
    }),
  );
}
