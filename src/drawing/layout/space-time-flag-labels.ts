/**
 * The few words on a flag: “2nd report → FAIL”. What comes second is counted from the beats before.
 */
import type { Beat } from '../../timeline/cluster-source';
import type { dock } from '../../words/en/dock';
import { leadsTo } from './space-time-flags';

export type FlagWords = typeof dock.flag;

/**
 * Names for the beats of one history. `subject` is the node whose failure is being told; it is not
 * named again
 * in each label.
 */
export function flagLabels(
  beats: readonly Beat[],
  words: FlagWords,
  subject: string | null,
): (beat: Beat) => string {
  const counts = countsOf(beats);
  return (beat) => labelOf(beat, words, subject, counts.get(beat) ?? 1);
}

/** How many valid reports, or votes, there are after each beat that brings one. */
function countsOf(beats: readonly Beat[]): Map<Beat, number> {
  const counts = new Map<Beat, number>();
  const reporters = new Map<string, Set<string>>();
  const votes = new Map<string, number>();
  beats.forEach((beat, i) => {
    const { note } = beat;
    if (note.event === 'report.add') {
      const filed = reporters.get(`${note.at} ${note.about}`) ?? new Set();
      reporters.set(`${note.at} ${note.about}`, filed.add(note.by));
      counts.set(beat, filed.size);
      const next = beats[i + 1];
      if (next && leadsTo(beat, next)) counts.set(next, -filed.size);
    } else if (note.event === 'report.expire') {
      reporters.get(`${note.at} ${note.about}`)?.delete(note.by);
    } else if (note.event === 'flag.clear') {
      reporters.delete(`${note.at} ${note.about}`);
    } else if (note.event === 'vote.grant') {
      const key = `${note.to} ${note.epoch}`;
      votes.set(key, (votes.get(key) ?? 0) + 1);
      counts.set(beat, votes.get(key)!);
    }
  });
  return counts;
}

/** `count` is negative on a verdict that the last of that many reports brought about. */
function labelOf({ note }: Beat, words: FlagWords, subject: string | null, count: number): string {
  switch (note.event) {
    case 'process':
      return words[note.process](note.node);
    case 'link':
      return words.link[note.link](`${note.from}–${note.to}`);
    case 'flag.set':
      return flagSet(note, words, subject, count);
    case 'flag.clear':
      return words.clears(note.at, note.flag.toUpperCase());
    case 'report.add':
      return words.report(count);
    case 'report.expire':
      return words.reportGone(note.at);
    case 'election.start':
      return words.election(note.epoch);
    case 'election.expire':
      return words.electionOver(note.epoch);
    case 'vote.grant':
      return words.vote(count);
    case 'vote.deny':
      return words.denies(note.by);
    case 'promote':
      return words.wins(note.node);
    case 'demote':
      return words.demoted(note.node);
    case 'state':
      return words.state(note.node, note.state);
    case 'reply':
      return words.redirect(note.kind);
    default:
      return note.event;
  }
}

function flagSet(
  note: { readonly at: string; readonly about: string; readonly flag: 'pfail' | 'fail' },
  words: FlagWords,
  subject: string | null,
  count: number,
): string {
  const isSubject = subject === null || note.about === subject;
  if (note.flag === 'pfail') {
    return isSubject ? words.suspects(note.at) : words.suspectsOther(note.at, note.about);
  }
  if (count < 0) return words.reportAndFail(-count);
  return isSubject ? words.fail(note.at) : words.failOther(note.at, note.about);
}
