/** The clock a run is read by: the time of day where a real clock ran along, else virtual time. */
import { exactSeconds } from '../../drawing/figures';
import { clockLabel } from '../../drawing/layout/space-time-ticks';
import { words } from '../../words/words.svelte';
import type { Session } from '../session.svelte';

export function clockOf({ source, atMs }: Pick<Session, 'source' | 'atMs'>): string {
  const { startsAtUnixMs } = source;
  return startsAtUnixMs ? clockLabel(startsAtUnixMs + atMs) : words.app.clock(atMs);
}

/** Any moment of a run, by the same clock. */
export function momentOf({ source }: Pick<Session, 'source'>, atMs: number): string {
  const { startsAtUnixMs } = source;
  return startsAtUnixMs
    ? clockLabel(startsAtUnixMs + Math.round(atMs))
    : words.inspector.seconds(exactSeconds(atMs));
}
