/** Where the pill with a stopped process's fact hangs: beside its disc, clear of moons and arcs. */
import type { FrameNode } from '../../protocol/cluster-frame';
import type { NodePlace } from './node-places';
import type { Point } from './polar';

export interface PillPicture extends Point {
  readonly name: string;
  readonly icon: 'frost' | 'x';
  readonly anchor: 'start' | 'middle' | 'end';
}

const GAP = 14;

/** Inside the ring for a node on it, on the outer side for a moon. */
export function pillPicture(node: FrameNode, place: NodePlace): PillPicture {
  const icon = node.process === 'killed' ? 'x' : 'frost';
  const away = place.radius + 6 + GAP;
  const spot = place.place === 'ring' ? insideRing(place, away) : besideMoon(place);
  return { name: node.name, icon, ...spot };
}

function insideRing(
  { x, y, angleRad }: NodePlace,
  away: number,
): Omit<PillPicture, 'name' | 'icon'> {
  const side = Math.sin(angleRad);
  if (Math.abs(side) < 0.35) {
    const towardsCentre = Math.cos(angleRad) > 0 ? 1 : -1;
    return { x, y: y + towardsCentre * (away + 8), anchor: 'middle' };
  }
  const lift = Math.cos(angleRad) > -0.2 ? -11 : 11;
  return side > 0
    ? { x: x - away, y: y + lift, anchor: 'end' }
    : { x: x + away, y: y + lift, anchor: 'start' };
}

function besideMoon({ x, y, radius }: NodePlace): Omit<PillPicture, 'name' | 'icon'> {
  const below = y > 0 ? 1 : -1;
  return { x, y: y + below * (radius + 22), anchor: 'middle' };
}
