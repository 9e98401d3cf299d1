/** On which side of a disc its badge sits, and on which the eye of who is looked through. */
import { MOST_FEW } from './scale';
import type { NodePlace, NodePlaces } from './node-places';
import { distancePx, polar, type Point } from './polar';

/** Before the top where few nodes are; else towards the ring's centre, where there is room. */
const FEW_RAD = -1.15;

/** Radians clockwise from the top. */
export function badgeRad({ x, y }: Point, nodeCount: number): number {
  return nodeCount <= MOST_FEW ? FEW_RAD : Math.atan2(-x, y);
}

/** From a disc's edge to the middle of its badge or its eye, and how far each reaches. */
const AWAY_PX = 6;
const EYE_PX = 11;
const BADGE_PX = 10;
/** A neighbour's halo. */
const HALO_PX = 9;

const TURN_RAD = (40 * Math.PI) / 180;

/**
 * Opposite the badge, or turned from there as little as it takes to lie on no other disc's halo or
 * badge, whether that has one now or not: an eye stays where it is while beliefs change.
 */
export function eyeRad(place: NodePlace, places: NodePlaces): number {
  const opposite = badgeRad(place, places.size) + Math.PI;
  const others = [...places.values()].filter(({ name }) => name !== place.name);
  const isFree = (rad: number) => {
    const eye = beside(place, rad);
    return others.every((disc) => {
      const badge = beside(disc, badgeRad(disc, places.size));
      const isOff = distancePx(eye, disc) >= disc.radius + HALO_PX + EYE_PX;
      return isOff && distancePx(eye, badge) >= BADGE_PX + EYE_PX;
    });
  };
  const turns = [0, 1, -1, 2, -2].map((turn) => opposite + turn * TURN_RAD);
  return turns.find(isFree) ?? opposite;
}

function beside({ x, y, radius }: NodePlace, rad: number): Point {
  const away = polar(radius + AWAY_PX, rad);
  return { x: x + away.x, y: y + away.y };
}
