/** The count of an election: a seat for each voter, at the bearing of the master who fills it. */
import type { FrameElection } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { NodePlaces } from './node-places';
import { bearingRad, polar, TURN_RAD, type Point } from './polar';
import { spreadAngles } from './spread-angles';
import { sectorPath } from './sector';

export interface SeatPicture {
  readonly voter: NodeName;
  readonly vote: FrameElection['seats'][number]['vote'];
  readonly reason: string | null;
  readonly path: string;
  /** Middle of the seat. */
  readonly middle: Point;
  /** Too narrow for dashes and ticks: it says what it is by how it is filled. */
  readonly isNarrow: boolean;
}

/** With more seats than this, each is narrow. */
const MOST_WIDE = 12;

/**
 * One arc for each seat, 13 pixels thick on a ring of radius 200; `scale` shrinks it with the
 * ring.
 */
export function tallySeats(
  election: FrameElection,
  places: NodePlaces,
  scale: number,
): SeatPicture[] {
  const { seats } = election;
  const isNarrow = seats.length > MOST_WIDE;
  const wishes = seats.map(({ voter }) => bearingRad(places.get(voter) ?? { x: 0, y: -1 }));
  const roomRad = TURN_RAD / Math.max(1, seats.length);
  const halfRad = Math.min((32 * Math.PI) / 180, (isNarrow ? 0.38 : 0.45) * roomRad);
  const angles = spreadAngles(wishes, Math.min(roomRad, 2 * halfRad + 0.06));
  return seats.map(({ voter, vote, reason }, i) => {
    const middleRad = angles[i]!;
    const path = sectorPath(60 * scale, 73 * scale, middleRad - halfRad, middleRad + halfRad);
    return { voter, vote, reason, path, middle: polar(66.5 * scale, middleRad), isNarrow };
  });
}

/** Votes that have reached the candidate. */
export function countedVotes({ seats }: FrameElection): number {
  return seats.filter(({ vote }) => vote === 'counted').length;
}
