/** Walking along a chord at even speed, from the sender's edge to the receiver's. */
import { chordPoint, type Chord } from './chord';
import { distancePx } from './polar';

export interface Flight {
  readonly chord: Chord;
  /** Parameter where the curve leaves the sender's disc. */
  readonly leaves: number;
  /** Parameter where it meets the receiver's disc. */
  readonly lands: number;
  /** Pixels between the two. */
  readonly length: number;
  /** The parameter after a share of the way, 0 to 1. */
  readonly parameterAt: (share: number) => number;
}

const SAMPLES = 40;

/** The flight along `chord` between discs of the given radii. */
export function flightAlong(chord: Chord, radii: { from: number; to: number }): Flight {
  const leaves = edge(chord, radii.from);
  const lands = 1 - edge({ from: chord.to, control: chord.control, to: chord.from }, radii.to);
  const walked = walk(chord, leaves, lands);
  const length = walked.at(-1)!;
  const parameterAt = (share: number) =>
    leaves + (lands - leaves) * inverse(walked, share * length);
  return { chord, leaves, lands, length, parameterAt };
}

/** The parameter at which the curve is `radius` away from its start. */
function edge(chord: Chord, radius: number): number {
  let [near, far] = [0, 0.5];
  for (let i = 0; i < 20; i++) {
    const middle = (near + far) / 2;
    if (distancePx(chordPoint(chord, middle), chord.from) < radius) near = middle;
    else far = middle;
  }
  return far;
}

function walk(chord: Chord, t0: number, t1: number): number[] {
  const walked = [0];
  let previous = chordPoint(chord, t0);
  for (let i = 1; i <= SAMPLES; i++) {
    const point = chordPoint(chord, t0 + ((t1 - t0) * i) / SAMPLES);
    walked.push(walked.at(-1)! + distancePx(previous, point));
    previous = point;
  }
  return walked;
}

/** The share of the samples at which `length` pixels have been walked. */
function inverse(walked: readonly number[], length: number): number {
  if (length <= 0) return 0;
  for (let i = 1; i < walked.length; i++) {
    if (walked[i]! < length) continue;
    const [before, after] = [walked[i - 1]!, walked[i]!];
    return (i - 1 + (length - before) / (after - before || 1)) / (walked.length - 1);
  }
  return 1;
}
