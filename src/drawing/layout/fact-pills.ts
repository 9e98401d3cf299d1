/**
 * Where the pill with the fact of a stopped or paused process hangs: beside its disc, clear of
 * moons, arcs and notes.
 */
import type { FrameNode } from '../../protocol/cluster-frame';
import { NOTE_MARGIN, rightColumn } from './callouts';
import type { NodePlace } from './node-places';
import { distancePx, polar, type Point } from './polar';
import type { RingSize } from './ring-size';
import { MOST_FEW } from './scale';
import type { StageGeometry } from './stage-geometry';

export interface PillPicture extends Point {
  readonly name: string;
  readonly icon: 'frost' | 'x' | 'pause' | 'cut' | 'unequal';
  readonly anchor: 'start' | 'middle' | 'end';
  /** It had to go beside another disc, so it says whose fact it is. */
  readonly isAway: boolean;
}

/** A process that runs has a pill while it is paused. */
const ICON_OF = { killed: 'x', frozen: 'frost', running: 'pause' } as const;

type Spot = Omit<PillPicture, 'name' | 'icon' | 'isAway'> & { readonly isAway?: boolean };

/** Pixels between disc and pill, and half the pill's size; longer where it names the node. */
const GAP = 14;
const HALF_HEIGHT = 10;
const HALF_WIDTH = 52;
const NAMED_HALF_WIDTH = 67;
/** In a larger cluster what waits unread stands before the badge, and the pill before both. */
const WAITING_PX = 10;
/** The matrix's key in the lower left corner. */
const KEY = { width: 220, height: 50 };

interface Room {
  readonly geometry: StageGeometry;
  readonly width: number;
  readonly height: number;
  /** Half the width of the pill, if it is no usual one. */
  readonly halfPx?: number;
}

/** Inside the ring for a node on it, where there is room outside for a moon. */
export function pillPicture(
  node: FrameNode,
  place: NodePlace,
  room: Room,
  icon: PillPicture['icon'] = ICON_OF[node.process],
): PillPicture {
  const { size } = room.geometry;
  const waitPx = room.geometry.places.size > MOST_FEW ? WAITING_PX : 0;
  const onRing = { ...place, radius: place.radius + waitPx };
  const spot = place.place === 'ring' ? insideRing(onRing, size) : besideMoon(place, room);
  return { name: node.name, icon, isAway: false, ...spot };
}

/** Half of what a usual pill is wide. */
export function pillHalfPx({ isAway }: PillPicture): number {
  return isAway ? NAMED_HALF_WIDTH : HALF_WIDTH;
}

/** The middle of a pill, whichever side it hangs from. */
export function pillMiddle(pill: PillPicture, halfPx = pillHalfPx(pill)): Point {
  const aside = { start: halfPx, middle: 0, end: -halfPx }[pill.anchor];
  return { x: pill.x + aside, y: pill.y };
}

const PILL_ROOM_PX = 23;

/**
 * The same pill, nearer to the ring's centre or farther from it where others would lie under it;
 * `halfPx` is its own half width.
 */
export function clearOf(
  pill: PillPicture,
  others: readonly PillPicture[],
  halfPx: number,
): PillPicture {
  const { x } = pillMiddle(pill, halfPx);
  const isClear = (y: number): boolean =>
    others.every((other) => {
      const apartPx = Math.abs(pillMiddle(other).x - x);
      return Math.abs(other.y - y) >= PILL_ROOM_PX || apartPx > 2 * halfPx;
    });
  const inwards = pill.y > 0 ? -PILL_ROOM_PX : PILL_ROOM_PX;
  const steps = [0, 1, -1, 2, -2, 3, -3].map((step) => pill.y + step * inwards);
  return { ...pill, y: steps.find(isClear) ?? pill.y };
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

function besideMoon(place: NodePlace, room: Room): Spot {
  const { x, y, radius } = place;
  const { halfPx = HALF_WIDTH } = room;
  const upDown = [y + radius + 22, y - radius - 22].map((level) => ({ x, y: level }));
  const aside = x > 0 ? radius + 12 + halfPx : -radius - 12 - halfPx;
  const middles = [...upDown, { x: x + aside, y }];
  const free = middles.find((middle) => isFree(middle, room));
  if (free) return { ...free, anchor: 'middle' };
  const { size } = room.geometry;
  const inside = polar(size.radius, Math.atan2(x, -y));
  const angleRad = Math.atan2(x, -y);
  const spot = insideRing({ ...place, ...inside, angleRad, radius: size.band / 2 }, size);
  return { ...spot, isAway: true };
}

function isFree(middle: Point, room: Room): boolean {
  const { geometry, width, height, halfPx = HALF_WIDTH } = room;
  const { size, places } = geometry;
  const right = size.centreX + middle.x + halfPx;
  const left = size.centreX + middle.x - halfPx;
  if (left < 4 || right > rightColumn(width) - 20) return false;
  const lower = size.centreY + middle.y + HALF_HEIGHT;
  if (lower + 4 > height) return false;
  if (left < NOTE_MARGIN + KEY.width && lower > height - KEY.height) return false;
  const near = (point: Point) => ({
    x: Math.max(middle.x - halfPx, Math.min(point.x, middle.x + halfPx)),
    y: Math.max(middle.y - HALF_HEIGHT, Math.min(point.y, middle.y + HALF_HEIGHT)),
  });
  const centre = { x: 0, y: 0 };
  if (distancePx(near(centre), centre) < size.radius + size.band / 2 + 4) return false;
  return [...places.values()].every((disc) => distancePx(near(disc), disc) > disc.radius + 4);
}
