/**
 * Points and arcs about the centre of the ring, which is the origin of everything on the stage.
 * Angles are radians clockwise from 12 o'clock; y grows downwards, as in SVG.
 */
import { SLOT_COUNT, type Slot } from '../../protocol/ids';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const TURN_RAD = 2 * Math.PI;

/** The bearing of a slot's leading edge; slot 16384 is a full turn. */
export function slotAngleRad(slot: Slot): number {
  return (slot / SLOT_COUNT) * TURN_RAD;
}

/** The point at a bearing and a distance in pixels. */
export function polar(radiusPx: number, angleRad: number): Point {
  return { x: radiusPx * Math.sin(angleRad), y: -radiusPx * Math.cos(angleRad) };
}

/** The bearing of a point, 0 up to a full turn. */
export function bearingRad({ x, y }: Point): number {
  return normalRad(Math.atan2(x, -y));
}

/** The same angle within 0 up to a full turn. */
export function normalRad(angleRad: number): number {
  return ((angleRad % TURN_RAD) + TURN_RAD) % TURN_RAD;
}

/** The smaller of the two angles between two bearings, 0 to half a turn. */
export function angleBetweenRad(a: number, b: number): number {
  const apart = normalRad(a - b);
  return Math.min(apart, TURN_RAD - apart);
}

/** Pixels between two points. */
export function distancePx(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** An open arc from one bearing clockwise to another; `reversed` runs it anticlockwise. */
export function arcPath(
  radiusPx: number,
  fromRad: number,
  toRad: number,
  reversed = false,
): string {
  const large = toRad - fromRad > Math.PI ? 1 : 0;
  const [a, b] = reversed ? [toRad, fromRad] : [fromRad, toRad];
  const [start, end] = [polar(radiusPx, a), polar(radiusPx, b)];
  const sweep = reversed ? 0 : 1;
  return `M${xy(start)}A${round(radiusPx)} ${round(radiusPx)} 0 ${large} ${sweep} ${xy(end)}`;
}

/** A coordinate pair for an SVG path, to a hundredth of a pixel. */
export function xy(point: Point): string {
  return `${round(point.x)} ${round(point.y)}`;
}

/** To a hundredth of a pixel: finer is invisible and makes paths long. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
