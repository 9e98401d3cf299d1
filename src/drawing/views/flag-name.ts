/** What a screen reader says of a flag over the lanes. */
import type { BeatKind } from '../../timeline/cluster-source';
import { words } from '../../words/words.svelte';
import type { Flag } from '../layout/space-time-flags';

/** `stops`: kinds of beats at which playing stops. */
export function flagName(flag: Flag, stops: readonly BeatKind[]): string {
  const label = flag.isConcluded ? `${flag.label}. ${words.caption.inferred}` : flag.label;
  const name = words.lanes.beatAt((flag.atMs / 1000).toFixed(3), label);
  return stops.includes(flag.beat.kind) ? words.lanes.stopsAt(name) : name;
}
