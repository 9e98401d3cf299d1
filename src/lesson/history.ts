/** Finding things in the notes of a run without reading all of them again at every step. */
import type { NoteEvent, RecordedNote } from '../protocol/notes';

/** A kind of note, and which of them are meant. */
export interface Pattern {
  readonly events: readonly NoteEvent[];
  readonly matches: (note: RecordedNote) => boolean;
}

/** Notes sorted by what they are about; grows as the run is computed further. */
export class History {
  private readonly byEvent = new Map<NoteEvent, RecordedNote[]>();
  private known = 0;
  private latest: RecordedNote | undefined;

  /** Whether `notes` only adds to what this history knows; another branch does not. */
  continues(notes: readonly RecordedNote[]): boolean {
    return (
      this.known <= notes.length && (this.known === 0 || notes[this.known - 1] === this.latest)
    );
  }

  extend(notes: readonly RecordedNote[]): void {
    for (; this.known < notes.length; this.known++) {
      const note = notes[this.known]!;
      const same = this.byEvent.get(note.event);
      if (same) same.push(note);
      else this.byEvent.set(note.event, [note]);
      this.latest = note;
    }
  }

  /** The notes of one kind, oldest first. */
  of(event: NoteEvent): readonly RecordedNote[] {
    return this.byEvent.get(event) ?? [];
  }
}

/** The history of `notes`, kept from one call to the next as long as it only grows. */
export class HistoryKeeper {
  private history = new History();

  of(notes: readonly RecordedNote[]): History {
    if (!this.history.continues(notes)) this.history = new History();
    this.history.extend(notes);
    return this.history;
  }
}

/** The first note a pattern means up to `untilStep`, or undefined. */
export function firstOf(
  history: History,
  pattern: Pattern,
  untilStep: number,
): RecordedNote | undefined {
  let first: RecordedNote | undefined;
  for (const event of pattern.events) {
    const found = history.of(event).find((n) => n.step > untilStep || pattern.matches(n));
    if (!found || found.step > untilStep) continue;
    if (!first || found.step < first.step) first = found;
  }
  return first;
}

/** All notes a pattern means up to `untilStep`, oldest first within each kind. */
export function allOf(history: History, pattern: Pattern, untilStep: number): RecordedNote[] {
  return pattern.events.flatMap((event) =>
    history.of(event).filter((note) => note.step <= untilStep && pattern.matches(note)),
  );
}
