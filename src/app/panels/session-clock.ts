/** The clock a run is read by: the time of day where a real clock ran along, else virtual time. */
import { clockLabel } from '../../drawing/layout/space-time-ticks';
import { words } from '../../words/words.svelte';
import type { Session } from '../session.svelte';

export function clockOf({ source, atMs }: Pick<Session, 'source' | 'atMs'>): string {
  const { startsAtUnixMs } = source;
  return startsAtUnixMs ? clockLabel(startsAtUnixMs + atMs) : words.app.clock(atMs);
}
