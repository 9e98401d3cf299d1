/** The ports of a crowd, along the rays outside the cells: every fifth, and everyone in play. */
import type { NodeName } from '../../protocol/ids';
import type { NodePlace, NodePlaces } from './node-places';
import { angleBetweenRad, normalRad, polar, round, TURN_RAD, type Point } from './polar';

export interface CrowdLabel {
  readonly name: NodeName;
  readonly x: number;
  readonly y: number;
  readonly turnDeg: number;
  readonly anchor: 'start' | 'end';
  readonly isInPlay: boolean;
}

const EVERY = 5;
/** What a line of type needs across the ray, in pixels. */
const LINE_PX = 15;

/**
 * Labels of masters and of those in play, at `radius`; where two would touch, the one in play
 * stays, and of two in play the one named first.
 */
export function crowdLabels(
  places: NodePlaces,
  radius: number,
  inPlay: readonly NodeName[],
): CrowdLabel[] {
  const masters = [...places.values()]
    .filter(({ place }) => place === 'ring')
    .sort((a, b) => normalRad(a.angleRad) - normalRad(b.angleRad));
  const named = inPlay.flatMap((name) => places.get(name) ?? []);
  const fifths = masters.filter((_, i) => i % EVERY === 0);
  const taken: number[] = [];
  const labels: CrowdLabel[] = [];
  for (const place of [...named, ...fifths]) {
    const bearing = rayOf(place, places);
    if (taken.some((other) => angleBetweenRad(other, bearing) * radius < LINE_PX)) continue;
    taken.push(bearing);
    labels.push(labelAt(place.name, bearing, radius, inPlay.includes(place.name)));
  }
  return labels;
}

/** Pixels a port of four digits takes along its ray. */
const LENGTH_PX = 30;

/** Whether a label runs into a box, or close by it. */
export function reaches(
  { x, y }: Point,
  box: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  },
): boolean {
  const stretch = 1 + LENGTH_PX / (Math.hypot(x, y) || 1);
  return [1, (1 + stretch) / 2, stretch].some((share) => {
    const [px, py] = [x * share, y * share];
    return px > box.left - 8 && px < box.right + 8 && py > box.top - 8 && py < box.bottom + 8;
  });
}

/** A moon's port stands on its master's ray: it is one of that shard. */
function rayOf(place: NodePlace, places: NodePlaces): number {
  return (place.around === null ? place : (places.get(place.around) ?? place)).angleRad;
}

function labelAt(name: NodeName, bearing: number, radius: number, isInPlay: boolean): CrowdLabel {
  const { x, y } = polar(radius, bearing);
  const isLeft = normalRad(bearing) > TURN_RAD / 2;
  const turnDeg = (normalRad(bearing) * 360) / TURN_RAD - 90 + (isLeft ? 180 : 0);
  return {
    ...{ name, x: round(x), y: round(y), turnDeg: round(turnDeg), isInPlay },
    anchor: isLeft ? 'end' : 'start',
  };
}
