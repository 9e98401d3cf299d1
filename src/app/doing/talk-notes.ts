/**
 * What was typed and answered, picked out of thousands of notes; when there are more, only those
 * are read.
 */
import type { RecordedNote } from '../../protocol/notes';

const TALK: readonly RecordedNote['event'][] = ['command', 'reply', 'push', 'cli', 'cli.start'];

export class TalkNotes {
  #talk: readonly RecordedNote[] = [];
  #readCount = 0;
  #last: RecordedNote | undefined;

  /** The same list as long as nothing is said. */
  of(notes: readonly RecordedNote[]): readonly RecordedNote[] {
    // A branch has the notes of its past in common with the other: the same objects.
    const goesOn = this.#readCount > 0 && notes[this.#readCount - 1] === this.#last;
    const fresh = notes.slice(goesOn ? this.#readCount : 0).filter(({ event }) => isTalk(event));
    if (!goesOn) this.#talk = fresh;
    else if (fresh.length > 0) this.#talk = [...this.#talk, ...fresh];
    this.#readCount = notes.length;
    this.#last = notes.at(-1);
    return this.#talk;
  }
}

const isTalk = (event: RecordedNote['event']): boolean => TALK.includes(event);
