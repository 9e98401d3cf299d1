/**
 * A piece of a flat ring, as d3’s `arc` draws it. By hand, because the page loads it first of all,
 * and d3-shape is nine times as much script as this picture of an arc.
 */
import { polar, TURN_RAD } from './polar';

const FULL_RAD = TURN_RAD - 1e-6;

/** Angles in radians, clockwise from twelve o'clock. A whole turn is two circles. */
export function sectorPath(inner: number, outer: number, fromRad: number, toRad: number): string {
  if (Math.abs(toRad - fromRad) > FULL_RAD) return circle(outer, 1) + circle(inner, 0);
  const large = Math.abs(toRad - fromRad) >= Math.PI ? 1 : 0;
  const [a, b] = [polar(outer, fromRad), polar(outer, toRad)];
  const [c, d] = [polar(inner, toRad), polar(inner, fromRad)];
  return (
    `M${a.x},${a.y}A${outer},${outer},0,${large},1,${b.x},${b.y}` +
    `L${c.x},${c.y}A${inner},${inner},0,${large},0,${d.x},${d.y}Z`
  );
}

function circle(radius: number, sweep: 0 | 1): string {
  const half = `A${radius},${radius},0,1,${sweep}`;
  return `M0,${-radius}${half},0,${radius}${half},0,${-radius}Z`;
}
