/** Whether what comes and goes beside a slot range would cover a part of it. */
import { distancePx, polar, type Point } from './polar';
import { LETTER_PX, type RangeLabel } from './range-labels';

/** Whether the figures reach within so many pixels of a point. */
export function rangeTouches({ text, at }: RangeLabel, point: Point, px: number): boolean {
  const [far, bearing] = [Math.hypot(at.x, at.y), Math.atan2(at.x, -at.y)];
  const halfRad = (text.length * LETTER_PX) / 2 / far;
  return [-1, -0.5, 0, 0.5, 1].some(
    (share) => distancePx(polar(far + 5, bearing + share * halfRad), point) < px,
  );
}
