/** Which election's count stands in the centre of the ring, and how large. */
import type { ClusterFrame, FrameElection } from '../../protocol/cluster-frame';

/** Radius of the disc under the tally, on a ring of radius 200. */
export const TALLY_RADIUS = 81;

/** How long a finished count stays, in virtual milliseconds. */
const STAYS_MS = 2_000;

/** The election to show: the newest that is open, or one that ended a moment ago; null for none. */
export function shownElection(frame: ClusterFrame, atMs: number): FrameElection | null {
  const shown = frame.elections.filter(
    (election) =>
      election.startedAtMs <= atMs &&
      (election.outcome === 'open' || atMs - lastWordMs(election) < STAYS_MS),
  );
  return shown.reduce<FrameElection | null>(
    (best, election) => (!best || rank(election) > rank(best) ? election : best),
    null,
  );
}

function lastWordMs({ startedAtMs, seats }: FrameElection): number {
  return Math.max(startedAtMs, ...seats.map((seat) => seat.atMs));
}

function rank({ outcome, startedAtMs }: FrameElection): number {
  return startedAtMs + (outcome === 'open' ? 1e12 : 0);
}
