/** Where the pill with a stopped process's fact hangs: beside its disc, clear of moons and arcs. */
import type { FrameNode } from '../../protocol/cluster-frame';
import type { NodePlace } from './node-places';
import type { Point } from './polar';
import type { RingSize } from './ring-size';

export interface PillPicture extends Point {
  readonly name: string;
  readonly icon: 'frost' | 'x';
  readonly anchor: 'start' | 'middle' | 'end';
}

type Spot = Omit<PillPicture, 'name' | 'icon'>;

/** Pixels between disc and pill, and half the pill's height. */
const GAP = 14;
const HALF_HEIGHT = 10;

/** Inside the ring for a node on it, on the outer side for a moon. */
export function pillPicture(node: FrameNode, place: NodePlace, size: RingSize): PillPicture {
  const icon = node.process === 'killed' ? 'x' : 'frost';
  const spot = place.place === 'ring' ? insideRing(place, size) : besideMoon(place);
  return { name: node.name, icon, ...spot };
}

/** Level with the disc's shoulder, or nearer to the centre where the band comes down to meet it. */
function insideRing({ x, y, radius, angleRad }: NodePlace, size: RingSize): Spot {
  const away = radius + 6 + GAP;
  const towardsCentre = y < 0 ? 1 : -1;
  if (Math.abs(Math.sin(angleRad)) < 0.35) {
    return { x, y: y + towardsCentre * (away + 8), anchor: 'middle' };
  }
  const near = x > 0 ? x - away : x + away;
  const inner = size.radius - size.band / 2 - 6;
  const lowest = Math.sqrt(Math.max(0, inner ** 2 - near ** 2)) - HALF_HEIGHT;
  const shoulder = y - 11 * towardsCentre;
  const level = Math.max(-lowest, Math.min(lowest, shoulder));
  return { x: near, y: level, anchor: x > 0 ? 'end' : 'start' };
}

function besideMoon({ x, y, radius }: NodePlace): Spot {
  return { x, y: y + (y > 0 ? 1 : -1) * (radius + 22), anchor: 'middle' };
}
