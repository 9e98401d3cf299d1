/** Tab in a line one types in: what all choices begin with, then one choice after the other. */
import type { Completion } from './completion';

interface Line {
  draft: string;
}

export class TabCompletion {
  /** What may stand at the end of the line, while one chooses. */
  options: readonly string[] = $state.raw([]);
  readonly #line: Line;
  readonly #find: (text: string) => Completion;
  #at = 0;
  #next = -1;
  /** After Escape, Tab leaves the line again. */
  #tabLeaves = false;

  constructor(line: Line, find: (text: string) => Completion) {
    this.#line = line;
    this.#find = find;
  }

  /** The line was changed by hand, or sent. */
  edited(): void {
    this.options = [];
    this.#tabLeaves = false;
  }

  /** Puts the word and a space at the end of the line. */
  choose(word: string): void {
    this.#put(`${word} `);
    this.options = [];
  }

  /** Takes Tab and Escape where they mean something here; whether it did. */
  keydown({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'Escape') {
      const wasOpen = this.options.length > 0;
      this.options = [];
      this.#tabLeaves = true;
      return wasOpen;
    }
    if (key !== 'Tab' || shiftKey || this.#tabLeaves || this.#line.draft === '') return false;
    return this.#complete();
  }

  #complete(): boolean {
    if (this.options.length === 0) {
      const found = this.#find(this.#line.draft);
      if (found.options.length === 0) return false;
      [this.options, this.#at, this.#next] = [found.options, found.at, -1];
    }
    const { options } = this;
    if (options.length === 1) {
      this.choose(options[0]!);
      return true;
    }
    // The first press shows what there is, the next ones go through it.
    this.#put(this.#next === -1 ? this.#shared() : options[this.#next % options.length]!);
    this.#next += 1;
    return true;
  }

  #put(word: string): void {
    this.#line.draft = this.#line.draft.slice(0, this.#at) + word;
  }

  /** What all options begin with, or what is there if that is more. */
  #shared(): string {
    const [first = ''] = this.options;
    let length = first.length;
    while (!this.options.every((option) => option.startsWith(first.slice(0, length)))) length -= 1;
    const begun = this.#line.draft.slice(this.#at);
    return length > begun.length ? first.slice(0, length) : begun;
  }
}
