/**
 * Which of many marks lie after the playhead. Each of thousands would look at the time in every
 * frame; so one looks for all, and tells them only when it is another set.
 */
import { untrack } from 'svelte';

export interface TimedMark {
  readonly key: string;
  readonly atMs: number;
}

export class LaterKeys {
  #text = '';
  #keys = $state.raw<ReadonlySet<string>>(new Set());

  /** Call while a component is being made; `marks` and `atMs` read its props. */
  constructor(marks: () => readonly TimedMark[], atMs: () => number) {
    $effect.pre(() => {
      const nowMs = atMs();
      const later = marks().filter((mark) => mark.atMs > nowMs);
      untrack(() => this.#follow(later.map(({ key }) => key)));
    });
  }

  #follow(keys: readonly string[]): void {
    const text = keys.join();
    if (text === this.#text) return;
    this.#text = text;
    this.#keys = new Set(keys);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}
