/**
 * Beats: the moments that matter, found among the notes.
 */
import type { Note, RecordedNote } from '../protocol/notes';
import type { Beat, BeatKind, Span } from './cluster-source';
import { Repetition } from './repetition';

/**
 * The beats of one step, in order. `spans` are those that were open when it began; `repetition` has
 * heard every note before.
 */
export function beatsOf(
  notes: readonly RecordedNote[],
  spans: readonly Span[],
  repetition = new Repetition(),
): Beat[] {
  const beats: Beat[] = [];
  for (const note of notes) {
    const isRepeated = repetition.hears(note, note.atMs);
    if (isRepeated || isAfterVerdict(note, spans)) continue;
    const kind = beatKind(note, notes);
    if (kind) beats.push({ step: note.step, atMs: note.atMs, kind, note });
  }
  return beats;
}

/** A report to a node that has its verdict already changes nothing there. */
function isAfterVerdict(note: Note, spans: readonly Span[]): boolean {
  return (
    note.event === 'report.add' &&
    spans.some(
      (span) =>
        span.kind === 'fail' &&
        span.untilMs === null &&
        span.node === note.at &&
        span.about === note.about,
    )
  );
}

function beatKind(note: Note, sameStep: readonly Note[]): BeatKind | null {
  switch (note.event) {
    case 'process':
      return 'process';
    case 'link':
      return 'link';
    case 'flag.set':
      return note.flag;
    case 'flag.clear':
      return becomesFail(note, sameStep) ? null : 'clear';
    case 'report.add':
      return 'report';
    case 'election.start':
      return 'election';
    case 'vote.grant':
      return 'vote';
    case 'vote.deny':
      return 'denial';
    case 'manual.ask':
    case 'manual.ready':
    case 'manual.expire':
      return 'manual';
    case 'manual.pause':
    case 'manual.resume':
      return 'pause';
    case 'migrate':
      return 'migration';
    case 'promote':
      return 'win';
    case 'demote':
      return 'demotion';
    case 'state':
      return 'state';
    case 'reply':
      return note.kind === 'MOVED' || note.kind === 'ASK' ? 'redirect' : null;
    default:
      return beatKindOfData(note);
  }
}

function beatKindOfData(note: Note): BeatKind | null {
  switch (note.event) {
    case 'tail.refused':
    case 'writes.lost':
      return 'loss';
    case 'slot.open':
    case 'key.move':
      return 'slot';
    case 'slot.owner':
      // Claims of a failover belong to its victory; those of a move reach everyone one by one.
      return note.by === 'order' && note.node === note.owner ? 'slot' : null;
    case 'cli.exit':
      return 'tool';
    case 'delivered':
      return 'delivery';
    default:
      return null;
  }
}

/** PFAIL that turns into FAIL is not an all-clear. */
function becomesFail(
  cleared: Extract<Note, { event: 'flag.set' | 'flag.clear' }>,
  sameStep: readonly Note[],
): boolean {
  return sameStep.some(
    (note) =>
      note.event === 'flag.set' &&
      note.flag === 'fail' &&
      note.at === cleared.at &&
      note.about === cleared.about,
  );
}

/**
 * Whether a step left a trace worth stopping at: anything but ticks and the chatter of reconnects.
 */
export function isVisible(notes: readonly Note[]): boolean {
  return notes.some(
    (note) => note.event !== 'log' || note.level === 'notice' || note.level === 'warning',
  );
}
