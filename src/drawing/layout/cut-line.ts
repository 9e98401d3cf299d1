/** A line drawn across the ring: who is on which of its two sides. */
import type { NodeName } from '../../protocol/ids';
import type { NodePlaces } from './node-places';
import { xy, type Point } from './polar';

export interface Stroke {
  readonly from: Point;
  readonly to: Point;
}

export interface CutSides {
  /** The side with fewer nodes, in the order of names; empty when all are on one side. */
  readonly few: readonly NodeName[];
  readonly rest: readonly NodeName[];
}

/** Shorter strokes are the tremor of a click. */
const SHORTEST_PX = 40;

/** Whether a stroke is meant as a line. */
export const isLine = ({ from, to }: Stroke): boolean =>
  Math.hypot(to.x - from.x, to.y - from.y) >= SHORTEST_PX;

/** The sides of the line through both ends of a stroke, however short the stroke is. */
export function sidesOf(stroke: Stroke, places: NodePlaces): CutSides {
  const [one, other]: [NodeName[], NodeName[]] = [[], []];
  for (const { name, x, y } of places.values())
    (sideOf(stroke, { x, y }) < 0 ? one : other).push(name);
  const [few, rest] = one.length <= other.length ? [one, other] : [other, one];
  return { few: few.sort(byNumber), rest: rest.sort(byNumber) };
}

/** Positive on one side of the line, negative on the other. */
const sideOf = ({ from, to }: Stroke, { x, y }: Point): number =>
  (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);

const byNumber = (a: NodeName, b: NodeName): number => Number(a) - Number(b);

/** The stroke as a path, and the line it lies on, far beyond the stage at both ends. */
export function linePaths({ from, to }: Stroke): {
  readonly stroke: string;
  readonly beyond: string;
} {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const far = { x: ((to.x - from.x) / length) * 4_000, y: ((to.y - from.y) / length) * 4_000 };
  const [start, end] = [
    { x: from.x - far.x, y: from.y - far.y },
    { x: to.x + far.x, y: to.y + far.y },
  ];
  return {
    stroke: `M${xy(from)}L${xy(to)}`,
    beyond: `M${xy(start)}L${xy(from)}M${xy(to)}L${xy(end)}`,
  };
}
