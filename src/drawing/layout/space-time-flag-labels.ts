/**
 * The few words on a flag: “2nd report → FAIL”. What comes second is counted from the beats before.
 */
import type { RecordedNote } from '../../protocol/notes';
import type { Beat } from '../../timeline/cluster-source';
import type { lanes } from '../../words/en/lanes';

export type FlagWords = typeof lanes.flag;
type Report = Extract<RecordedNote, { by: string; about: string }>;

/** Whom the labels need not name again. */
export interface Told {
  /** The node whose failure is being told. */
  readonly subject: string | null;
  /** The node whose view is shown. */
  readonly viewpoint: string | null;
}

/** Names for the beats of one history. */
export function flagLabels(
  beats: readonly Beat[],
  words: FlagWords,
  told: Told,
): (beat: Beat) => string {
  const counts = countsOf(beats);
  return (beat) => labelOf(beat, words, told, counts.get(beat) ?? 1);
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
      const verdict = beats.slice(i + 1, i + 3).find((next) => isVerdictOf(note, next));
      if (verdict) counts.set(verdict, -filed.size);
    } else if (note.event === 'link') {
      counts.set(beat, linksAtOnce(note, beats));
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

/** How many links the same thing befell at the same instant: a partition cuts them all. */
function linksAtOnce(
  one: Extract<RecordedNote, { event: 'link' }>,
  beats: readonly Beat[],
): number {
  const links = new Set<string>();
  for (const { note } of beats) {
    if (note.event !== 'link' || note.link !== one.link || note.atMs !== one.atMs) continue;
    links.add([note.from, note.to].sort().join());
  }
  return links.size;
}

/** Whether the report made the quorum: a verdict in the same step, by the node that filed it. */
function isVerdictOf(report: Report, { note }: Beat): boolean {
  return (
    note.event === 'flag.set' &&
    note.flag === 'fail' &&
    note.step === report.step &&
    note.at === report.at
  );
}

/** `count` is negative on a verdict that the last of that many reports brought about. */
function labelOf({ note }: Beat, words: FlagWords, told: Told, count: number): string {
  switch (note.event) {
    case 'process':
      return words[note.process](note.node);
    case 'link':
      return count > 1
        ? words.links[note.link](count)
        : words.link[note.link](`${note.from}–${note.to}`);
    case 'flag.set':
      return flagSet(note, words, told, count);
    case 'flag.clear':
      return words.clears(note.at, note.flag.toUpperCase());
    case 'report.add':
      return by(note.at, words.report(count), words, told);
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
    case 'manual.ask':
    case 'manual.pause':
    case 'manual.resume':
    case 'manual.ready':
    case 'manual.expire':
    case 'migrate':
      return handoverLabel(note, words);
    case 'tail.refused':
      return words.refusesTail(note.bytes);
    case 'writes.lost':
      return words.losesKeys(note.node, note.keys.length);
    case 'slot.open':
    case 'slot.owner':
    case 'key.move':
      return slotLabel(note, words);
    case 'promote':
      return words.wins(note.node);
    case 'demote':
      return words.demoted(note.node);
    case 'state':
      return words.state(note.node, note.state);
    default:
      return clientLabel(note, words);
  }
}

function clientLabel(note: RecordedNote, words: FlagWords): string {
  switch (note.event) {
    case 'reply':
      return words.redirect(note.kind);
    case 'cli.exit':
      return words.tool(note.code === 0);
    case 'delivered':
      return words.delivers(note.at);
    default:
      return note.event;
  }
}

type Handover = Extract<RecordedNote, { event: 'migrate' | `manual.${string}` }>;

type SlotMove = Extract<RecordedNote, { event: 'slot.open' | 'slot.owner' | 'key.move' }>;

function slotLabel(note: SlotMove, words: FlagWords): string {
  switch (note.event) {
    case 'slot.open':
      return words.slotOpens[note.mark](note.slot);
    case 'slot.owner':
      return words.slotMoves(note.slots, note.owner);
    case 'key.move':
      return words.keyMoves(note.key, note.to);
  }
}

function handoverLabel(note: Handover, words: FlagWords): string {
  switch (note.event) {
    case 'manual.ask':
      return words.manual[note.mode](note.node);
    case 'manual.pause':
      return words.pauses(note.node);
    case 'manual.resume':
      return words.resumes(note.node);
    case 'manual.ready':
      return words.caughtUp(note.node);
    case 'manual.expire':
      return words.givesUp(note.node);
    case 'migrate':
      return words.migrates(note.node, note.to);
  }
}

function flagSet(
  note: { readonly at: string; readonly about: string; readonly flag: 'pfail' | 'fail' },
  words: FlagWords,
  told: Told,
  count: number,
): string {
  const isSubject = told.subject === null || note.about === told.subject;
  if (note.flag === 'pfail') {
    return isSubject ? words.suspects(note.at) : words.suspectsOther(note.at, note.about);
  }
  if (count < 0) return by(note.at, words.reportAndFail(-count), words, told);
  return isSubject ? words.fail(note.at) : words.failOther(note.at, note.about);
}

/** Names the node unless everything is seen through its eyes. */
function by(node: string, text: string, words: FlagWords, { viewpoint }: Told): string {
  return node === viewpoint ? text : words.at(node, text);
}
