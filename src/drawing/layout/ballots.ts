/**
 * Ballots that stay beside their voters for the epoch: a vote that has landed, or a denial
 * nobody hears of.
 */
import type { FrameElection } from '../../protocol/cluster-frame';
import type { NodeName } from '../../protocol/ids';
import type { NodePlaces } from './node-places';
import { polar, type Point } from './polar';

export interface KeptBallot extends Point {
  readonly voter: NodeName;
  readonly type: 'FAILOVER_AUTH_ACK' | 'DENIED';
  /** Half of the glyph's height in pixels. */
  readonly size: number;
}

const MANY_VOTERS = 8;

/** Votes on the inner side of the voter's disc, denials on its outer shoulder. */
export function keptBallots(election: FrameElection, places: NodePlaces): KeptBallot[] {
  return election.seats.flatMap(({ voter, vote }) => {
    const place = places.get(voter);
    if (!place || (vote !== 'counted' && vote !== 'denied')) return [];
    const denied = vote === 'denied';
    // Among many, the shoulders belong to the moons.
    const isOutside = denied && election.seats.length <= MANY_VOTERS;
    const turnRad = isOutside ? -0.9 : 1.14 * Math.PI;
    const step = polar(place.radius + (isOutside ? 6 : 11), place.angleRad + turnRad);
    const size = isOutside ? 10 : 7.5;
    const type = denied ? 'DENIED' : 'FAILOVER_AUTH_ACK';
    return [{ voter, type, x: place.x + step.x, y: place.y + step.y, size }];
  });
}
