/**
 * Chords: the paths messages take between two nodes, quadratic curves bent towards the centre.
 * A replica's chord passes beside its own master, so that nobody takes its messages for the
 * master's.
 */
import type { NodePlace, NodePlaces } from './node-places';
import { distancePx, xy, type Point } from './polar';

export interface Chord {
  readonly from: Point;
  readonly control: Point;
  readonly to: Point;
}

/** How far a replica's chord stays from its master's edge, in pixels. */
const CLEAR_OF_MASTER = 6;

export interface ChordRoom {
  /** Radius of the ring in pixels. */
  readonly radius: number;
  /** Radius of something in the centre that chords go round; 0 when it is empty. */
  readonly centreDisc: number;
}

/** The chord between two placed nodes, the same curve in both directions. */
export function chordBetween(
  a: NodePlace,
  b: NodePlace,
  places: NodePlaces,
  room: ChordRoom,
): Chord {
  if (a.around === b.name || b.around === a.name) return straight(a, b);
  const masters = [a.around, b.around].flatMap((name) => (name && places.get(name)) || []);
  const isClear = (chord: Chord) => !masters.some((master) => passesUnder(chord, master));
  if (room.centreDisc > 0) {
    const isOutside = (chord: Chord) => isClear(chord) && !crossesCentre(chord, room.centreDisc);
    return besideMasters(roundCentre(a, b, room.centreDisc + 23), isOutside, room.radius / 2);
  }
  const bend = 0.55 * Math.min(1, distancePx(a, b) / (1.2 * room.radius));
  for (let deeper = bend; deeper < 0.95; deeper += 0.1) {
    if (isClear(bent(a, b, deeper))) return bent(a, b, deeper);
  }
  return besideMasters(bent(a, b, bend), isClear, room.radius);
}

/** The chord of a crowd: bent towards the centre and no more, for there discs are beads. */
export function plainChord(a: Point, b: Point, radius: number): Chord {
  return bent(a, b, 0.5 * Math.min(1, distancePx(a, b) / (1.2 * radius)));
}

/** Pulls the curve to one side, as little as it takes: for a moon right behind its master. */
export function besideMasters(
  chord: Chord,
  isClear: (chord: Chord) => boolean,
  mostPx = 400,
): Chord {
  if (isClear(chord)) return chord;
  const { from, control, to } = chord;
  const length = distancePx(from, to) || 1;
  const [x, y] = [(from.y - to.y) / length, (to.x - from.x) / length];
  for (let pullPx = 12; pullPx <= mostPx; pullPx += 12) {
    for (const side of [pullPx, -pullPx]) {
      const pulled = { ...chord, control: { x: control.x + side * x, y: control.y + side * y } };
      if (isClear(pulled)) return pulled;
    }
  }
  return chord;
}

/** The point at parameter `t`, 0 at the start and 1 at the end. */
export function chordPoint({ from, control, to }: Chord, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * from.x + 2 * u * t * control.x + t * t * to.x,
    y: u * u * from.y + 2 * u * t * control.y + t * t * to.y,
  };
}

/** The piece between two parameters, as an SVG path. */
export function chordPath(chord: Chord, t0 = 0, t1 = 1): string {
  const { from, control, to } = chord;
  const [a, b, c] = [(1 - t0) * (1 - t1), (1 - t0) * t1 + (1 - t1) * t0, t0 * t1];
  const middle = {
    x: a * from.x + b * control.x + c * to.x,
    y: a * from.y + b * control.y + c * to.y,
  };
  return `M${xy(chordPoint(chord, t0))}Q${xy(middle)} ${xy(chordPoint(chord, t1))}`;
}

/** The same curve walked from its other end. */
export function reversed({ from, control, to }: Chord): Chord {
  return { from: to, control, to: from };
}

function straight(a: Point, b: Point): Chord {
  return { from: at(a), control: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, to: at(b) };
}

function bent(a: Point, b: Point, bend: number): Chord {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const control = { x: middle.x * (1 - bend), y: middle.y * (1 - bend) };
  return { from: at(a), control, to: at(b) };
}

/**
 * Keeps the curve's middle `clearPx` from the centre; a chord through the centre passes above
 * it.
 */
function roundCentre(a: Point, b: Point, clearPx: number): Chord {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  let away = middle;
  if (Math.hypot(away.x, away.y) < 12) {
    away = { x: a.y - b.y, y: b.x - a.x };
    if (away.y > 0) away = { x: -away.x, y: -away.y };
  }
  const unit = Math.hypot(away.x, away.y) || 1;
  const fromCentre = Math.hypot(middle.x, middle.y);
  const reach = 2 * Math.max(clearPx, 0.8 * fromCentre) - fromCentre;
  const control = { x: (away.x / unit) * reach, y: (away.y / unit) * reach };
  return { from: at(a), control, to: at(b) };
}

/** Whether the curve runs under a disc, or closer by it than can be told apart. */
export function passesUnder(chord: Chord, master: Point & { readonly radius: number }): boolean {
  for (let t = 0.03; t < 1; t += 0.03) {
    if (distancePx(chordPoint(chord, t), master) < master.radius + CLEAR_OF_MASTER) return true;
  }
  return false;
}

function crossesCentre(chord: Chord, radius: number): boolean {
  for (let t = 0.05; t < 1; t += 0.05) {
    const { x, y } = chordPoint(chord, t);
    if (Math.hypot(x, y) < radius) return true;
  }
  return false;
}

function at({ x, y }: Point): Point {
  return { x, y };
}
