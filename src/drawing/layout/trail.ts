/** A comet's tail: a ribbon along a chord, thin where it began. */
import { chordPoint, type Chord } from './chord';
import { xy, type Point } from './polar';

export interface TrailOptions {
  /** Parameters on the chord. */
  readonly from: number;
  readonly to: number;
  /** Full width at the head, in pixels. */
  readonly width: number;
}

/** The outline of the ribbon as the `points` of an SVG polygon. */
export function trailPolygon(chord: Chord, { from, to, width }: TrailOptions): string {
  const pieces = Math.max(4, Math.min(20, Math.ceil((to - from) * 24)));
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i <= pieces; i++) {
    const t = from + ((to - from) * i) / pieces;
    const [here, next] = [chordPoint(chord, t), chordPoint(chord, t + 0.004)];
    const length = Math.hypot(next.x - here.x, next.y - here.y) || 1;
    const half = (width / 2) * (0.3 + (0.7 * i) / pieces);
    const side = {
      x: (-(next.y - here.y) / length) * half,
      y: ((next.x - here.x) / length) * half,
    };
    left.push({ x: here.x + side.x, y: here.y + side.y });
    right.unshift({ x: here.x - side.x, y: here.y - side.y });
  }
  return [...left, ...right].map((point) => xy(point).replace(' ', ',')).join(' ');
}

/**
 * The parameter at which the curve, followed from `from`, enters the circle about the centre;
 * `to` if never.
 */
export function entersCircle(chord: Chord, radius: number, from: number, to: number): number {
  for (let t = from; t < to; t += 0.01) {
    const { x, y } = chordPoint(chord, t);
    if (Math.hypot(x, y) < radius) return t;
  }
  return to;
}
