/**
 * Outlines of the message glyphs. `size` is the half-height in pixels; the origin is the
 * centre.
 */

/** A regular polygon as the `points` of an SVG polygon; `turnRad` clockwise from the top. */
export function polygonPoints(corners: number, radius: number, turnRad: number): string {
  return Array.from({ length: corners }, (_, i) => {
    const angleRad = turnRad + (i * 2 * Math.PI) / corners;
    return `${round(radius * Math.sin(angleRad))},${round(-radius * Math.cos(angleRad))}`;
  }).join(' ');
}

/** FAIL: the octagon of a stop sign. */
export function octagonPoints(size: number): string {
  return polygonPoints(8, size * 1.06, Math.PI / 8);
}

/** MEET: a diamond. */
export function diamondPoints(size: number): string {
  return polygonPoints(4, size * 1.05, 0);
}

/** UPDATE: a triangle that points up, as a newer epoch rises. */
export function trianglePoints(size: number): string {
  const [width, base] = [round(size * 0.98), round(size * 0.75)];
  return `0,${round(-size * 1.05)} ${width},${base} ${-width},${base}`;
}

/** PUBLISH: a four-pointed star. */
export function starPath(size: number): string {
  const tip = round(size * 1.2);
  const waist = round(size * 0.15);
  return (
    `M0 ${-tip}Q${waist} ${-waist} ${tip} 0Q${waist} ${waist} 0 ${tip}` +
    `Q${-waist} ${waist} ${-tip} 0Q${-waist} ${-waist} 0 ${-tip}Z`
  );
}

/** A tick, the mark of a vote. */
export function tickPath(size: number): string {
  return (
    `M${round(-size * 0.42)} ${round(size * 0.02)}` +
    `L${round(-size * 0.1)} ${round(size * 0.36)}L${round(size * 0.46)} ${round(-size * 0.34)}`
  );
}

/** A cross with arms of `reach` pixels. */
export function crossPath(reach: number): string {
  const k = round(reach);
  return `M${-k} ${-k}L${k} ${k}M${k} ${-k}L${-k} ${k}`;
}

/** An arrow head to the right: a reply; mirrored, a command. */
export function arrowPath(size: number): string {
  const k = size * 0.8;
  const [a, b, c] = [round(k), round(k * 0.4), round(k * 1.2)];
  return `M${-a} 0L${b} ${-a}V${-b}H${c}V${b}H${b}V${a}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
