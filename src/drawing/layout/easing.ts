/** Easing curves of the interface's own clock, as CSS names them. Virtual time has none. */

export type Easing = (share: number) => number;

/** The curve through (0, 0) and (1, 1) with the two control points of CSS `cubic-bezier`. */
export function cubicBezier(x1: number, y1: number, x2: number, y2: number): Easing {
  return (share) => {
    if (share <= 0) return 0;
    if (share >= 1) return 1;
    let [low, high] = [0, 1];
    for (let i = 0; i < 24; i++) {
      const middle = (low + high) / 2;
      if (coordinate(x1, x2, middle) < share) low = middle;
      else high = middle;
    }
    return coordinate(y1, y2, (low + high) / 2);
  };
}

/** Two discs exchanging roles. */
export const EASE_SWAP = cubicBezier(0.4, 0, 0.1, 1);
/** Slots, angles and tears. */
export const EASE_BELIEF = cubicBezier(0.3, 0, 0.1, 1);

/** No easing; only kept within 0 and 1. */
export function easeLinear(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function coordinate(first: number, second: number, t: number): number {
  const u = 1 - t;
  return 3 * u * u * t * first + 3 * u * t * t * second + t * t * t;
}
