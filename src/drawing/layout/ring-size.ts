/**
 * How big the ring and its discs are: the largest picture that fits the stage with its corners
 * free.
 */

import { crowdRingSize, type CrowdSize } from './crowd-size';
import { isCrowd } from './scale';

export interface RingSize {
  /** Centre of the ring in the stage's box, in pixels from its left edge. */
  readonly centreX: number;
  /** Centre of the ring in the stage's box, in pixels from its upper edge. */
  readonly centreY: number;
  readonly radius: number;
  readonly band: number;
  readonly masterRadius: number;
  readonly replicaRadius: number;
  /** Distance of a replica's centre from its master's. */
  readonly orbit: number;
  readonly compact: boolean;
  /** What only a crowd has; null where nodes are discs. */
  readonly crowd: CrowdSize | null;
}

export interface RingSizeInput {
  readonly width: number;
  readonly height: number;
  /** Pixels at the top that something else uses, as a caption laid over the stage. */
  readonly insetTop: number;
  readonly masterCount: number;
  /** How many nodes there are. Default: few. */
  readonly nodeCount?: number;
  /** The most replicas any master has. */
  readonly moonCount: number;
  /** Whether groups of nodes move outwards from each other. Default false. */
  readonly isTorn?: boolean;
  /** Whether the corners hold no notes, so that the ring may be wider. Default false. */
  readonly isBare?: boolean;
  /** Whether it is looked at from the last row: discs and band are larger. Default false. */
  readonly isFar?: boolean;
  /** Whether a client stands to the left of the ring. */
  readonly hasClient: boolean;
}

/** Below this width the stage is a phone's: bigger discs, short notes, no matrix. */
const COMPACT_WIDTH = 560;
/** What the corner notes need beside the ring, both sides together. */
const CORNERS_WIDTH = 332;
const CLIENT_WIDTH = 314;
/** How far a group moves when the cluster is torn apart. */
export const TEAR_WIDTH = 30;

/**
 * Solves radius and disc sizes together: the discs depend on the radius, the radius on their
 * reach.
 */
export function ringSize(input: RingSizeInput): RingSize {
  const compact = input.width < COMPACT_WIDTH;
  if (isCrowd(input.nodeCount ?? 0)) return crowdRingSize(input, compact);
  const [top, bottom] = compact ? [26, 8] : [12, input.isBare ? 8 : 22];
  const spare = (isCrowded(input) ? 36 : 0) + (input.isTorn ? 2 * TEAR_WIDTH : 0);
  const free = input.height - input.insetTop - top - bottom - spare;
  const side = input.width - besideWidth(input, compact);
  const across = Math.max(120, Math.min(side, free));
  let discs = discSizes(across / 2 - 60, input, compact);
  for (let i = 0; i < 4; i++) discs = discSizes(across / 2 - reach(discs, input), input, compact);
  return {
    ...discs,
    compact,
    crowd: null,
    centreX: centreX(input, across, compact),
    centreY: input.insetTop + top + free / 2 + spare / 2,
  };
}

/**
 * Bearings of a master's moons, relative to its own; `clear` caps the fan so that no disc meets
 * the band.
 */
export function moonAnglesRad(count: number, fanLimitRad = degrees(75)): number[] {
  if (count === 1) return [Math.min(degrees(60), fanLimitRad)];
  const step = Math.min(degrees(58), (2 * fanLimitRad) / (count - 1));
  return Array.from({ length: count }, (_, j) => (j - (count - 1) / 2) * step);
}

/** The widest angle at which a moon's disc still clears the band by 4 pixels. */
export function fanLimitRad(
  size: Pick<RingSize, 'radius' | 'band' | 'orbit' | 'replicaRadius'>,
): number {
  for (let deg = 75; deg > 30; deg--) {
    const phi = degrees(deg);
    const away = size.orbit * Math.cos(phi) + (size.orbit * Math.sin(phi)) ** 2 / (2 * size.radius);
    if (away - size.replicaRadius >= size.band / 2 + 4) return phi;
  }
  return degrees(30);
}

/** Discs smaller than this have no port on them. */
const LEAST_LABELLED_PX = 8;

/** Whether discs are so small that some ports stand outside the ring. */
export function hasPortsOutside({ masterRadius }: Pick<RingSize, 'masterRadius'>): boolean {
  return masterRadius < LEAST_LABELLED_PX;
}

/** What stands beside the ring: notes in the corners, a client, or nearly nothing. */
function besideWidth({ hasClient, isBare }: RingSizeInput, compact: boolean): number {
  if (compact || (isBare && !hasClient)) return 62;
  return hasClient ? CLIENT_WIDTH : CORNERS_WIDTH;
}

/** Many small discs crowd the corners; a smaller ring leaves the notes their room. */
function isCrowded({ masterCount, width }: RingSizeInput): boolean {
  return masterCount > 8 && width >= COMPACT_WIDTH;
}

type Discs = Pick<RingSize, 'radius' | 'band' | 'masterRadius' | 'replicaRadius' | 'orbit'>;

function discSizes(radius: number, input: RingSizeInput, compact: boolean): Discs {
  const near = compact ? 0.19 : input.masterCount <= 4 ? 0.135 : 0.125;
  const [share, bandShare] = input.isFar ? [1.1 * near, 0.106] : [near, 0.096];
  const perMaster = (2 * Math.PI * radius) / Math.max(1, input.masterCount);
  const masterRadius = clamp(6.4, Math.min(share * radius, 0.16 * perMaster), 46);
  const replicaRadius = (masterRadius >= 20 ? 0.72 : 0.59) * masterRadius;
  const gap = (input.moonCount <= 1 ? 0.8 : 0.62) * masterRadius;
  const orbit = masterRadius + replicaRadius + gap;
  return { radius, band: clamp(12, bandShare * radius, 34), masterRadius, replicaRadius, orbit };
}

/**
 * How far the picture extends beyond the ring: the outermost moon, or the graduations and their
 * numbers.
 */
function reach(discs: Discs, { moonCount }: RingSizeInput): number {
  const moons = moonAnglesRad(Math.max(1, moonCount), fanLimitRad(discs));
  const outermost = Math.max(...moons.map((phi) => Math.cos(phi)));
  const moonReach = moonCount > 0 ? discs.orbit * outermost + discs.replicaRadius + 8 : 0;
  return Math.max(moonReach, discs.band / 2 + 5 + 9 + 24);
}

function centreX({ width, hasClient }: RingSizeInput, across: number, compact: boolean): number {
  if (compact) return width / 2;
  // The notes on the right are the heavier ones.
  if (!hasClient) return width / 2 - 6;
  return Math.max(width / 2, Math.min(width - across / 2 - 38, CLIENT_WIDTH + across / 2));
}

function clamp(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function degrees(deg: number): number {
  return (deg * Math.PI) / 180;
}
