/**
 * Of a large cluster's beats those at which the story turns: the first who suspects, the first who
 * is sure, an election, a new master. What everybody else does afterwards is in the lanes.
 */
import type { Beat } from '../../timeline/cluster-source';

/** In the order of time; of a kind about one node only the first, until the news is taken back. */
export function turningPoints(beats: readonly Beat[]): Beat[] {
  const told = new Set<string>();
  return beats.filter((beat) => {
    const topic = topicOf(beat);
    if (topic === null) return false;
    if (beat.kind === 'clear') {
      const { note } = beat;
      if (note.event === 'flag.clear') told.delete(`${note.flag} ${note.about}`);
    }
    if (told.has(topic)) return false;
    told.add(topic);
    return true;
  });
}

/** What a beat is about; null for one that turns nothing. */
function topicOf({ kind, note, step, atMs }: Beat): string | null {
  switch (kind) {
    case 'report':
    case 'redirect':
    case 'state':
    case 'vote':
      return null;
    case 'pfail':
    case 'fail':
      return note.event === 'flag.set' ? `${note.flag} ${note.about}` : `${kind} ${step}`;
    case 'clear':
      return note.event === 'flag.clear' ? `clear ${note.flag} ${note.about} ${atMs}` : null;
    case 'denial':
      return note.event === 'vote.deny' ? `denial ${note.epoch}` : `denial ${step}`;
    // Of a crowd that does the same within a second, one speaks for all.
    case 'demotion':
    case 'slot':
    case 'delivery':
      return `${kind} ${Math.floor(atMs / 1_000)}`;
    // A partition cuts many links in one moment.
    case 'link':
      return `link ${atMs}`;
    default:
      return `${kind} ${step}`;
  }
}
