/**
 * The ways between the boxes of a statechart: straight where that is free, else along the gaps
 * between the boxes, at right angles. No way crosses a simple state.
 */
import type { ChartBox, ChartPicture } from './statechart';

export interface ChartRoute {
  readonly from: string;
  readonly to: string;
  /** An SVG path with round corners; it ends where the arrow's head is. */
  readonly path: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

type Point = readonly [x: number, y: number];

const LANE = 6;
const CORNER = 5;
/** How far a way keeps from the boxes it passes. */
const CLEAR = 6;

/** One route for each pair that has one; pairs of unknown boxes are left out. */
export function routes(
  { boxes, width }: ChartPicture,
  pairs: readonly (readonly [from: string, to: string])[],
): ChartRoute[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const solid = boxes.filter(({ kind }) => kind !== 'frame');
  const lanes = new Map<string, number>();
  const ports = new Map<string, number>();
  return pairs.flatMap(([from, to]) => {
    const [a, b] = [byId.get(from), byId.get(to)];
    if (!a || !b || a === b) return [];
    const points = between(a, b, { solid, width, lanes, ports });
    return [{ from, to, path: rounded(points), points }];
  });
}

interface Ground {
  readonly solid: readonly ChartBox[];
  readonly width: number;
  /** How many ways run in each gap so far. */
  readonly lanes: Map<string, number>;
  /** How many ways touch each side of a box so far. */
  readonly ports: Map<string, number>;
}

const right = (box: ChartBox): number => box.x + box.width;
const bottom = (box: ChartBox): number => box.y + box.height;
const contains = (outer: ChartBox, inner: ChartBox): boolean =>
  outer !== inner &&
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  right(outer) >= right(inner) &&
  bottom(outer) >= bottom(inner);

function between(a: ChartBox, b: ChartBox, ground: Ground): Point[] {
  if (contains(a, b) || contains(b, a)) return within(a, b, ground);
  const isLevel = a.y < bottom(b) && b.y < bottom(a);
  if (isLevel && isNeighbour(a, b, ground)) return level(a, b, ground);
  if (isLevel) return over(a, b, ground);
  return a.y < b.y ? vertical(a, b, 1, ground) : vertical(a, b, -1, ground);
}

function isNeighbour(a: ChartBox, b: ChartBox, { solid }: Ground): boolean {
  const [left, other] = a.x < b.x ? [a, b] : [b, a];
  return !solid.some(
    (box) =>
      box !== a && box !== b && box.x >= right(left) && right(box) <= other.x && levelWith(box, a),
  );
}

const levelWith = (a: ChartBox, b: ChartBox): boolean => a.y < bottom(b) && b.y < bottom(a);

/** The next free place on a side: the middle first, then by turns to both sides of it. */
function port(box: ChartBox, side: string, ground: Ground, spread: number): number {
  const key = `${box.id} ${side}`;
  const taken = ground.ports.get(key) ?? 0;
  ground.ports.set(key, taken + 1);
  const step = Math.ceil(taken / 2) * (taken % 2 === 1 ? 1 : -1);
  return Math.max(-spread, Math.min(spread, step * 11));
}

function laneOf(name: string, ground: Ground): number {
  const taken = ground.lanes.get(name) ?? 0;
  ground.lanes.set(name, taken + 1);
  return (taken % 3) * LANE;
}

function level(a: ChartBox, b: ChartBox, ground: Ground): Point[] {
  const forth = a.x < b.x;
  const y = a.y + a.height / 2 + (forth ? -1 : 1) * LANE + port(a, `to ${b.id}`, ground, 4);
  return forth
    ? [
        [right(a), y],
        [b.x, y],
      ]
    : [
        [a.x, y],
        [right(b), y],
      ];
}

/** Out at the top, along above the row, and in at the top. */
function over(a: ChartBox, b: ChartBox, ground: Ground): Point[] {
  const top = Math.min(a.y, b.y);
  const y = top - CLEAR - laneOf(`above ${top}`, ground);
  const x1 = a.x + a.width / 2 + port(a, 'top', ground, a.width / 2 - 8);
  const x2 = b.x + b.width / 2 + port(b, 'top', ground, b.width / 2 - 8);
  return [
    [x1, a.y],
    [x1, y],
    [x2, y],
    [x2, b.y],
  ];
}

/** Down (1) or up (-1): out at that side, through gaps, in at the side that faces us. */
function vertical(a: ChartBox, b: ChartBox, way: 1 | -1, ground: Ground): Point[] {
  const [outSide, inSide] = way === 1 ? ['bottom', 'top'] : ['top', 'bottom'];
  const y1 = way === 1 ? bottom(a) : a.y;
  const y2 = way === 1 ? b.y : bottom(b);
  const x1 = a.x + a.width / 2 + port(a, outSide, ground, a.width / 2 - 8);
  const ideal = Math.max(b.x + 10, Math.min(right(b) - 10, x1));
  const isWide = b.width > a.width * 1.6;
  const middle = b.x + b.width / 2 + port(b, inSide, ground, b.width / 2 - 8);
  const x2 = isWide ? ideal : middle;
  if (Math.abs(x1 - x2) < 1 && isFree(x1, y1, y2, [a, b], ground))
    return [
      [x1, y1],
      [x1, y2],
    ];
  const out = y1 + way * (CLEAR + laneOf(`${outSide} ${y1}`, ground));
  const into = y2 - way * (CLEAR + LANE);
  if ((into - out) * way <= 2 * LANE || isFree(x2, out, y2, [a, b], ground)) {
    return [
      [x1, y1],
      [x1, out],
      [x2, out],
      [x2, y2],
    ];
  }
  const x = channel(x1, x2, [out, into], ground);
  const entersThere = isWide && x > b.x + 8 && x < right(b) - 8;
  if (entersThere)
    return [
      [x1, y1],
      [x1, out],
      [x, out],
      [x, y2],
    ];
  return [
    [x1, y1],
    [x1, out],
    [x, out],
    [x, into],
    [x2, into],
    [x2, y2],
  ];
}

/** From a state to one that holds it, or the other way: across the frame's lower edge. */
function within(a: ChartBox, b: ChartBox, ground: Ground): Point[] {
  const outer = contains(a, b) ? a : b;
  const inner = outer === a ? b : a;
  const x = inner.x + inner.width / 2 + port(inner, 'bottom', ground, inner.width / 2 - 8);
  const points: Point[] = [
    [x, bottom(inner)],
    [x, bottom(outer)],
  ];
  return outer === b ? points : points.toReversed();
}

function isFree(
  x: number,
  y1: number,
  y2: number,
  own: readonly ChartBox[],
  { solid }: Ground,
): boolean {
  const [top, end] = y1 < y2 ? [y1, y2] : [y2, y1];
  return !solid.some(
    (box) =>
      !own.includes(box) && box.x - 3 < x && right(box) + 3 > x && box.y < end && bottom(box) > top,
  );
}

/** The free vertical line nearest to both ends: beside some box, or at the very edge. */
function channel(
  x1: number,
  x2: number,
  [from, to]: readonly [number, number],
  ground: Ground,
): number {
  const beside = ground.solid.flatMap((box) => [box.x - CLEAR - 3, right(box) + CLEAR + 3]);
  const candidates = [...beside, 2, ground.width - 2].filter(
    (x) => x >= 2 && x <= ground.width - 2 && isFree(x, from, to, [], ground),
  );
  const cost = (x: number): number => Math.abs(x - x1) + Math.abs(x - x2);
  return candidates.reduce((best, x) => (cost(x) < cost(best) ? x : best), candidates[0] ?? x2);
}

/** Corners that are rounded, never by more than half of either leg. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const parts = [`M${text(first)}`];
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    const before = i === 0 ? first : rest[i - 1]!;
    if (!next) return parts.push(`L${text(point)}`);
    const reach = Math.min(CORNER, distance(before, point) / 2, distance(point, next) / 2);
    parts.push(`L${text(towards(point, before, reach))}`);
    return parts.push(`Q${text(point)} ${text(towards(point, next, reach))}`);
  });
  return parts.join('');
}

const text = ([x, y]: Point): string => `${round(x)} ${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
function towards(from: Point, to: Point, by: number): Point {
  const all = distance(from, to) || 1;
  const share = by / all;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}
