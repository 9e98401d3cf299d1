/**
 * The notes in the four corners: which fit beside the ring, and the one-bend line that ties
 * each to its node.
 */
import type { NodePlace, NodePlaces } from './node-places';
import { distancePx, xy, type Point } from './polar';
import type { ClientBox } from './stage-geometry';
import type { RingSize } from './ring-size';

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export interface CornerBox extends Point {
  readonly corner: Corner;
  readonly width: number;
  readonly height: number;
}

export interface StageExtent {
  readonly width: number;
  readonly height: number;
  readonly insetTop: number;
  /** Whether the notes stand beside the stage and not in its corners. Default false. */
  readonly isBare?: boolean;
  /** Whether clients stay away, and the ring has all the room. Default false. */
  readonly isAlone?: boolean;
  /** Whether it is looked at from the last row. Default false. */
  readonly isFar?: boolean;
}

/** Left margin of the stage's notes, and the width of those on the right. */
export const NOTE_MARGIN = 28;
export const NOTE_WIDTH = 166;
const EDGE = 22;

/** A note's box in the stage's pixels. */
export function cornerBox(
  corner: Corner,
  note: { width: number; height: number },
  stage: StageExtent,
): CornerBox {
  const isLeft = corner.endsWith('left');
  const x = isLeft ? NOTE_MARGIN : Math.min(rightColumn(stage.width), stage.width - note.width);
  const y = corner.startsWith('top') ? stage.insetTop + 8 : stage.height - EDGE - note.height;
  return { corner, x, y, ...note };
}

/** The left edge of the notes on the right: nearer to the ring on a wide stage. */
export function rightColumn(stageWidth: number): number {
  return stageWidth - NOTE_WIDTH - Math.max(0, stageWidth - 856) * 0.36;
}

/** Whether a note keeps off the ring and the client, so that it may be shown. */
export function fitsBeside(
  box: CornerBox,
  { size, places, clientBox }: { size: RingSize; places: NodePlaces; clientBox: ClientBox | null },
): boolean {
  const nearest = (point: Point) => ({
    x: clamp(box.x - size.centreX, point.x, box.x + box.width - size.centreX),
    y: clamp(box.y - size.centreY, point.y, box.y + box.height - size.centreY),
  });
  const centre = { x: 0, y: 0 };
  if (distancePx(nearest(centre), centre) < size.radius + size.band / 2 + 12) return false;
  for (const place of places.values()) {
    if (distancePx(nearest(place), place) < place.radius + 2) return false;
  }
  return !clientBox || !overlaps(box, clientBox, size);
}

function overlaps(box: CornerBox, client: ClientBox, size: RingSize): boolean {
  const [x, y] = [client.x + size.centreX, client.y + size.centreY];
  return (
    box.x < x + client.width &&
    x < box.x + box.width &&
    box.y < y + client.height + 8 &&
    y - 8 < box.y + box.height
  );
}

/**
 * The rule beside a note, bent once towards its node, as an SVG path about the centre of the ring;
 * only the rule where the line would cross the ring or another disc.
 */
export function leaderPath(
  box: CornerBox,
  subject: NodePlace,
  { size, places }: { size: RingSize; places: NodePlaces },
): string {
  const isLeft = box.corner.endsWith('left');
  const ruleX = (isLeft ? box.x + box.width + 14 : box.x - 17) - size.centreX;
  const top = box.y - size.centreY;
  const bottom = top + box.height;
  const bend = { x: ruleX, y: clamp(top + 24, Math.max(subject.y - 34, top + 24), bottom) };
  const end = edgeTowards(subject, bend);
  const isFree = !crossesRing(bend, end, size) && !crossesDisc(bend, end, subject, places);
  const rule = `M${xy({ x: ruleX, y: top })}L${xy({ x: ruleX, y: isFree ? bend.y : bottom })}`;
  return isFree ? `${rule}L${xy(end)}` : rule;
}

/**
 * A phone's leader: straight from the note's lower corner to the node, nothing if it would
 * cross another disc.
 */
export function shortLeader(
  box: CornerBox,
  subject: NodePlace,
  { size, places }: { size: RingSize; places: NodePlaces },
): string {
  const from = { x: box.x - 4 - size.centreX, y: box.y + box.height - 8 - size.centreY };
  const end = edgeTowards(subject, from);
  return crossesDisc(from, end, subject, places) ? '' : `M${xy(from)}L${xy(end)}`;
}

/** The rule of the notes beside the stage, measured from its top. */
const ASIDE_PX = { top: 34, bottom: 196 };

/**
 * The line from a node to the notes beside the stage: to its right edge, at the height where it
 * crosses neither the ring nor another disc; nothing if there is none.
 */
export function asideLeader(
  subject: NodePlace,
  { size, places }: { size: RingSize; places: NodePlaces },
  { width }: StageExtent,
): string {
  const edgeX = width - size.centreX;
  const [top, bottom] = [ASIDE_PX.top - size.centreY, ASIDE_PX.bottom - size.centreY];
  for (const rise of [-12, -28, -48, 8, -72, 28, -100]) {
    const to = { x: edgeX, y: clamp(top, subject.y + rise, bottom) };
    const from = edgeTowards(subject, to);
    if (crossesRing(from, to, size) || crossesDisc(from, to, subject, places)) continue;
    return `M${xy(from)}L${xy(to)}`;
  }
  return '';
}

function edgeTowards(place: NodePlace, point: Point): Point {
  const away = distancePx(place, point) || 1;
  const reach = place.radius + 10;
  return {
    x: place.x + ((point.x - place.x) / away) * reach,
    y: place.y + ((point.y - place.y) / away) * reach,
  };
}

function crossesRing(a: Point, b: Point, size: RingSize): boolean {
  return samples(a, b).some(({ x, y }) => Math.hypot(x, y) < size.radius - size.band / 2);
}

function crossesDisc(a: Point, b: Point, subject: NodePlace, places: NodePlaces): boolean {
  const others = [...places.values()].filter((place) => place.name !== subject.name);
  return samples(a, b).some((p) => others.some((disc) => distancePx(p, disc) < disc.radius + 4));
}

function samples(a: Point, b: Point): Point[] {
  return Array.from({ length: 21 }, (_, i) => ({
    x: a.x + ((b.x - a.x) * i) / 20,
    y: a.y + ((b.y - a.y) * i) / 20,
  }));
}

function clamp(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
