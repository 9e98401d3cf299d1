/** The line about one node's belief, in the language at hand. */
import type { views as Words } from '../../words/en/views';
import type { Doubt, ViewBasis, ViewHead, ViewSummary } from '../layout/view-summary';

export interface ViewLine {
  readonly head: string;
  /** Empty when there is nothing more to say. */
  readonly basis: string;
}

/** How times are printed: a moment, and a stretch. */
export interface TimePrint {
  readonly clock: (atMs: number) => string;
  readonly duration: (ms: number) => string;
}

/** Head and basis as text. */
export function viewLine(
  { head, basis }: ViewSummary,
  words: typeof Words,
  print: TimePrint,
): ViewLine {
  return { head: headText(head, words, print), basis: basisText(basis, words, print) };
}

function headText(head: ViewHead, words: typeof Words, { clock }: TimePrint): string {
  switch (head.kind) {
    case 'frozen':
    case 'killed':
      return stoppedText(head, words, clock(head.sinceMs));
    case 'waits':
    case 'asks':
      return words[head.kind](head.epoch);
    case 'new-owner':
    case 'old-owner':
      return ownerText(head, words);
    case 'fail':
      return head.isOwnVerdict && head.reports > 0
        ? words.fail(words.list(head.about), head.reports, head.own)
        : words.failHeard(words.list(head.about));
    case 'suspects':
      return words.suspects(words.list(head.about));
    case 'is-doubted':
      return words.isDoubted(head.belief.toUpperCase());
    case 'unnoticed':
      return words.unnoticed;
    case 'told':
      return words.told(head.about);
    case 'knows':
      return words.knows(head.count, head.all);
    case 'calm':
      return words.calm;
  }
}

function stoppedText(
  { kind, doubts }: { kind: 'frozen' | 'killed'; doubts: readonly Doubt[] },
  words: typeof Words,
  clock: string,
): string {
  if (doubts.length === 0) return words[kind](clock);
  const list = words.list(doubts.map((d) => words.doubt(d.about, d.belief.toUpperCase())));
  return kind === 'frozen' ? words.frozenWith(clock, list) : words.killedWith(clock, list);
}

function ownerText(
  { kind, slots: [first, last], owner }: Extract<ViewHead, { kind: 'new-owner' | 'old-owner' }>,
  words: typeof Words,
): string {
  if (owner === null) return words.noOwner(first, last);
  return kind === 'new-owner'
    ? words.newOwner(first, last, owner)
    : words.oldOwner(first, last, owner);
}

function basisText(basis: ViewBasis, words: typeof Words, print: TimePrint): string {
  switch (basis.kind) {
    case 'as-of':
      return words.asOf(print.clock(basis.atMs));
    case 'last-table':
      return words.lastTable;
    case 'votes':
      return words.votes(basis.count, basis.needed);
    case 'telling':
      return words.telling;
    case 'since':
      return words.since(print.duration(basis.forMs));
    case 'reports':
      return words.onFile(basis.count);
    case 'unanswered':
      return words.unanswered(print.duration(basis.forMs));
    case 'heard':
      return words.heard(basis.about, print.duration(basis.agoMs));
    case 'epoch':
      return words.underEpoch(basis.epoch);
    case 'refuses':
      return words.refuses;
    case 'none':
      return '';
  }
}
