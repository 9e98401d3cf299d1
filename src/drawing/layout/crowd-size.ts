/**
 * A crowd's ring: beads instead of discs, outside them a halo of cells, one a node, outside that
 * the ports. Beside it a lens, where the stage is wide enough.
 */
import type { Point } from './polar';
import type { RingSize, RingSizeInput } from './ring-size';

export interface CrowdSize {
  /** Inner and outer edge of the halo of cells. */
  readonly cells: readonly [inner: number, outer: number];
  /** Where the ports begin. */
  readonly labels: number;
  /** Distance between two replicas of one master, outwards. */
  readonly moonStep: number;
  /** The lens, about the centre of the ring; null where there is no room for one. */
  readonly lens: Lens | null;
  /** Upper left corner of the notes on what is seen, and of the facts of the lens, on the stage. */
  readonly note: Point;
  readonly facts: Point;
}

export interface Lens extends Point {
  readonly radius: number;
}

const BAND = 14;
const MOST_BEAD = 6.4;
const FIRST_MOON = 20;
const LENS_RADIUS = 114;
/** What a port and its distance from the cells take up. */
const LABEL_PX = 40;
const EDGE = 12;
const NOTE_HEIGHT = 134;
export const FACTS_HEIGHT = 108;
const FACTS_WIDTH = 196;
/** Narrower, and lens and facts stand above each other, right of the ring. */
const WIDE = 1_080;
const LEAST_WITH_LENS = 720;

/** Radius of the ring and everything about it, for `masterCount` shards. */
export function crowdRingSize(input: RingSizeInput, compact: boolean): RingSize {
  const { width, height, insetTop, masterCount } = input;
  const freeHeight = height - insetTop - 2 * EDGE;
  const lensRadius = Math.min(LENS_RADIUS, (freeHeight - NOTE_HEIGHT - FACTS_HEIGHT - 16) / 2);
  const hasLens = !compact && width >= LEAST_WITH_LENS && lensRadius >= 64;
  const isWide = hasLens && width >= WIDE;
  const side = !hasLens ? 0 : 2 * lensRadius + 36 + (isWide ? FACTS_WIDTH : 0);
  const across = Math.max(150, Math.min(width - side - 2 * EDGE, freeHeight));
  const moons = Math.max(0, input.moonCount - 1);
  const moonStep = moons === 0 ? 9.5 : Math.min(9.5, 30 / moons);
  const cellsAt = FIRST_MOON + moons * moonStep + (input.moonCount > 0 ? 12 : 0);
  const outside = cellsAt + 8 + (compact ? 6 : LABEL_PX);
  const radius = Math.max(48, across / 2 - outside);
  const perMaster = (2 * Math.PI * radius) / Math.max(1, masterCount);
  const bead = Math.max(1.6, Math.min(MOST_BEAD, perMaster * 0.3));
  const centreX = hasLens
    ? EDGE + across / 2 + spareWidth(width - side - 2 * EDGE - across)
    : width / 2;
  const centreY = insetTop + EDGE + freeHeight / 2;
  const lensX = centreX + across / 2 + lensRadius + 8;
  const room: LensRoom = { hasLens, isWide, lensRadius, lensX, centreX, centreY, freeHeight };
  return {
    ...{ radius, compact, centreX, centreY, band: Math.min(BAND, radius / 8) },
    masterRadius: bead,
    replicaRadius: Math.max(1.4, Math.min(2.7, bead * 0.42)),
    orbit: FIRST_MOON,
    crowd: {
      ...{
        cells: [radius + cellsAt, radius + cellsAt + 8],
        labels: radius + cellsAt + 18,
        moonStep,
      },
      ...besideRing(input, room),
    },
  };
}

interface LensRoom {
  readonly hasLens: boolean;
  readonly isWide: boolean;
  readonly lensRadius: number;
  readonly lensX: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly freeHeight: number;
}

/** Lens, its facts and the note: above each other where the stage is narrow. */
function besideRing(
  { height, insetTop }: RingSizeInput,
  { hasLens, isWide, lensRadius, lensX, centreX, centreY, freeHeight }: LensRoom,
): Pick<CrowdSize, 'lens' | 'note' | 'facts'> {
  const lensFromBottom = isWide ? freeHeight * 0.34 : lensRadius + 8;
  const lensY = height - EDGE - lensFromBottom;
  const left = lensX - lensRadius + 10;
  return {
    lens: hasLens ? { x: lensX - centreX, y: lensY - centreY, radius: lensRadius } : null,
    note: { x: isWide ? 28 : left, y: insetTop + EDGE },
    facts: isWide
      ? { x: lensX + lensRadius + 16, y: lensY - FACTS_HEIGHT / 2 - 10 }
      : { x: left, y: height - EDGE - 2 * lensRadius - 20 - FACTS_HEIGHT },
  };
}

/** What is left over goes to both sides of the ring, but never much to its left. */
function spareWidth(px: number): number {
  return Math.max(0, Math.min(px / 2, 180));
}
