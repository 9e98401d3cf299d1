/**
 * The caption: one sentence about the latest beat, composed from the notes around it.
 * Every sentence is a template of words/…/caption.ts; here it is only chosen and filled in.
 */
import type { Beat } from '../../timeline/cluster-source';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { NoteEvent, RecordedNote } from '../../protocol/notes';
import type { caption as Templates } from '../../words/en/caption';
import { inOneLine } from '../../words/sentences';
import { isCalm } from './calm';
import { linkCaption } from './link-caption';
import { ofStep } from './of-step';

/** A sentence names so many keys, and counts the others. */
const KEYS_NAMED = 3;

type Words = typeof Templates;

/** What a caption is made from: the beats and notes of the branch, none later than `beat`. */
export interface CaptionInput {
  readonly beat: Beat | null;
  readonly beats: readonly Beat[];
  readonly notes: readonly RecordedNote[];
  readonly frame: ClusterFrame;
  /** The cursor's step: what a client read since makes a redirect old news. */
  readonly untilStep: number;
  /** Of real nodes: nobody saw it, and no log says it. */
  readonly isConcluded?: boolean;
  /** A duration in words, as in `5 s`. */
  readonly printSeconds: (ms: number) => string;
}

/** The sentence for the moment at hand, and whether what it says was concluded. */
export function captionOf(input: CaptionInput, words: Words): string {
  const sentence = sentenceOf(input, words);
  // That all is well stands in the tables, which real nodes print.
  const isCalmSaid = sentence === words.calm(input.frame.nodes.length);
  return input.isConcluded && !isCalmSaid ? inOneLine([sentence, words.inferred]) : sentence;
}

function sentenceOf(input: CaptionInput, words: Words): string {
  if (input.beat === null) return quietCaption(input.frame, words);
  const { note } = input.beat;
  if (isPreparation(note, input) && isCalm(input.frame))
    return words.calm(input.frame.nodes.length);
  switch (note.event) {
    case 'process':
      return processCaption(note, input, words);
    case 'link':
      return linkCaption(note, atOnce(note, input.beats), input.frame, words);
    case 'flag.set':
      return note.flag === 'pfail'
        ? words.suspects(note.at, note.about, input.printSeconds(input.frame.nodeTimeoutMs))
        : verdictCaption(note, input, words);
    case 'flag.clear':
      return note.flag === 'pfail'
        ? words.trusts(note.at, note.about)
        : words.clears(note.at, note.about);
    case 'report.add':
      return words.files(note.at, note.by, note.about, reportsOnFile(note, input.notes));
    case 'report.expire':
      return words.expires(note.at, note.by, note.about);
    default:
      return (
        handoverCaption(note, words) ??
        slotCaption(note, words) ??
        clientCaption(note, input, words) ??
        electionCaption(note, input, words) ??
        quietCaption(input.frame, words)
      );
  }
}

function handoverCaption(note: RecordedNote, words: Words): string | null {
  switch (note.event) {
    case 'manual.ask':
      return words.manual[note.mode](note.node, note.master);
    case 'manual.pause':
      return words.pauses(note.node, note.replica);
    case 'manual.resume':
      return note.waiting > 0
        ? words.resumesWith(note.node, note.waiting)
        : words.resumes(note.node);
    case 'manual.ready':
      return words.catchesUp(note.node, note.offsetBytes);
    case 'manual.expire':
      return words.givesUp(note.node);
    case 'migrate':
      return words.migrates(note.node, note.from, note.to);
    case 'tail.refused':
      return words.refusesTail(note.node, note.replica, note.bytes);
    case 'writes.lost':
      return words.losesKeys(note.node, note.master, ...firstOf(note.keys.toSorted(byNumber)));
    default:
      return null;
  }
}

/** As they were written: w1:9 before w1:10. */
const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** The first few keys, and how many more there are. */
export function firstOf(keys: readonly string[]): [few: readonly string[], more: number] {
  const few = keys.slice(0, KEYS_NAMED);
  return [few, keys.length - few.length];
}

function slotCaption(note: RecordedNote, words: Words): string | null {
  switch (note.event) {
    case 'slot.open':
      return words.slotOpens[note.mark](note.node, note.slot, note.peer);
    case 'slot.close':
      return words.slotCloses(note.node, note.slot);
    case 'slot.owner':
      return words.slotMoves(note.node, note.slots, note.owner, note.epoch);
    case 'key.move':
      return words.keyMoves(note.node, note.to, note.key);
    default:
      return null;
  }
}

function clientCaption(note: RecordedNote, input: CaptionInput, words: Words): string | null {
  switch (note.event) {
    case 'reply':
      return isOldNews(note, input) ? null : redirectCaption(note, words);
    case 'delivered':
      return words.delivers(note.at, note.channel);
    case 'cli.exit':
      return note.code === 0
        ? words.toolDone(taskOf(note.run, input.notes))
        : words.toolGivesUp(taskOf(note.run, input.notes), note.code);
    default:
      return null;
  }
}

/** `reshard` of `redis-cli --cluster reshard 127.0.0.1:8901 …`. */
function taskOf(run: number, notes: readonly RecordedNote[]): string {
  const start = notes.findLast((n) => n.event === 'cli.start' && n.run === run);
  const words = start?.event === 'cli.start' ? start.text.split(' ') : [];
  return words[words.indexOf('--cluster') + 1] ?? '';
}

/** In a manual failover the last byte read and the request for votes are one step. */
function hasJustCaughtUp(started: RecordedNote, notes: readonly RecordedNote[]): boolean {
  return ofStep(notes, started.step).some((n) => n.event === 'manual.ready');
}

/** TAKEOVER makes a master without a vote, in the very step in which it is asked for. */
function wasTakenOver(promoted: RecordedNote, notes: readonly RecordedNote[]): boolean {
  return ofStep(notes, promoted.step).some(
    (n) => n.event === 'manual.ask' && n.mode === 'takeover',
  );
}

function electionCaption(note: RecordedNote, input: CaptionInput, words: Words): string | null {
  switch (note.event) {
    case 'election.start':
      return hasJustCaughtUp(note, input.notes)
        ? words.standsCaughtUp(note.node, note.epoch)
        : words.stands(note.node, note.epoch);
    case 'election.expire':
      return words.electionExpires(note.node, note.epoch);
    case 'vote.grant':
      return words.votes(note.by, note.to, note.epoch);
    case 'vote.deny':
      return words.denies(note.by, note.to, note.reason);
    case 'promote':
      return wasTakenOver(note, input.notes)
        ? words.takesOver(note.node, note.epoch)
        : words.wins(note.node, note.epoch);
    case 'demote':
      return wasReplaced(note.master, input.notes)
        ? words.demotes(note.node, note.master)
        : words.replicates(note.node, note.master);
    case 'state':
      return note.state === 'fail' ? words.stops(note.node) : words.serves(note.node);
    default:
      return null;
  }
}

/** What redis-cli has done in building the cluster, which is no news once it stands. */
function isPreparation(note: RecordedNote, { notes }: CaptionInput): boolean {
  if (note.event === 'state')
    return note.state === 'ok' && !notes.some((n) => n.event === 'promote');
  return note.event === 'demote' && !wasReplaced(note.master, notes);
}

/** Whether `master` got its slots by an election, so that an old owner has to step down. */
function wasReplaced(master: string, notes: readonly RecordedNote[]): boolean {
  return notes.some((n) => n.event === 'promote' && n.node === master);
}

/** Before anything happened: do all know each other? */
function quietCaption(frame: ClusterFrame, words: Words): string {
  const count = frame.nodes.length;
  const allMet = frame.nodes.every((node) => node.view.rows.length >= count);
  return allMet ? words.start(count) : words.meeting(count);
}

type Recorded<E extends NoteEvent> = RecordedNote & { readonly event: E };

function processCaption(note: Recorded<'process'>, input: CaptionInput, words: Words): string {
  if (note.process === 'running') {
    const before = input.notes.findLast(
      (n): n is Recorded<'process'> =>
        n.event === 'process' && n.node === note.node && n.step < note.step,
    );
    if (before === undefined) return words.starts(note.node);
    return before.process === 'killed' ? words.restarts(note.node) : words.wakes(note.node);
  }
  const nodes = atOnce(note, input.beats)
    .filter((n) => n.process === note.process)
    .map((n) => n.node);
  if (nodes.length > 1) {
    const list = nodes.join(', ');
    return note.process === 'frozen'
      ? words.severalFreeze(list, nodes.length)
      : words.severalDie(list, nodes.length);
  }
  return note.process === 'frozen' ? words.freezes(note.node) : words.dies(note.node);
}

/** The notes of the same kind that happened at the same instant, up to this one. */
function atOnce<N extends RecordedNote>(note: N, beats: readonly Beat[]): N[] {
  return beats
    .filter((b) => b.atMs === note.atMs && b.step <= note.step && b.note.event === note.event)
    .map((b) => b.note as N);
}

function verdictCaption(
  note: Extract<RecordedNote, { flag: unknown }>,
  input: CaptionInput,
  words: Words,
): string {
  const wasTold = ofStep(input.notes, note.step).some(
    (n) => n.event === 'received' && n.type === 'FAIL' && n.to === note.at,
  );
  if (wasTold) return words.hearsVerdict(note.at, note.about);
  const count = reportsOnFile(note, input.notes);
  // A log names the verdict and not who reported.
  if (count === 0) return words.verdictOfMajority(note.at, note.about);
  const node = input.frame.nodes.find((n) => n.name === note.at);
  return node?.view.role === 'master'
    ? words.verdictWithOwn(note.at, note.about, count)
    : words.verdict(note.at, note.about, count);
}

/** How many reports on `about` the node `at` held once `note` was made. */
export function reportsOnFile(
  note: { at: string; about: string; step: number },
  notes: readonly RecordedNote[],
): number {
  const reporters = new Set<string>();
  for (const n of notes) {
    if (n.step > note.step) break;
    if (n.event !== 'report.add' && n.event !== 'report.expire') continue;
    if (n.at !== note.at || n.about !== note.about) continue;
    if (n.event === 'report.add') reporters.add(n.by);
    else reporters.delete(n.by);
  }
  return reporters.size;
}

/** How many answers a client has to get before nobody thinks of its redirect any more. */
const ANSWERS_SINCE = 2;

function isOldNews({ step, client }: Recorded<'reply'>, input: CaptionInput): boolean {
  let answers = 0;
  for (let i = input.notes.length - 1; i >= 0 && answers < ANSWERS_SINCE; i -= 1) {
    const note = input.notes[i]!;
    if (note.step <= step) break;
    const isAnswer = note.event === 'reply' && note.client === client && note.kind === 'ok';
    if (isAnswer && note.step <= input.untilStep) answers += 1;
  }
  return answers === ANSWERS_SINCE;
}

/** `MOVED 5798 127.0.0.1:8902` and `ASK …` name a slot and an owner. */
function redirectCaption(note: Recorded<'reply'>, words: Words): string | null {
  const [kind, slot, address] = note.text.replace(/^-/, '').split(' ');
  const owner = address?.split(':').at(-1);
  if (slot === undefined || owner === undefined) return words.redirects(note.node, note.text);
  if (kind === 'MOVED') return words.moved(note.node, slot, owner);
  if (kind === 'ASK') return words.ask(note.node, slot, owner);
  return words.redirects(note.node, note.text);
}
