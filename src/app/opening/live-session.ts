/** A session with an engine behind it: it moves at once. */
import type { ClusterSource } from '../../timeline/cluster-source';
import { Clock, type NewClock } from '../time/clock';
import { Session } from '../session.svelte';

export const newClock: NewClock = (source, listener) => new Clock(source, listener);

export function liveSession(source: ClusterSource): Session {
  return new Session(source, newClock);
}
