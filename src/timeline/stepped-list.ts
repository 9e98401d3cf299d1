/** What holds from a step on, until the next: few of them, and one looks for the last before. */
export class SteppedList<T> {
  private entries: { readonly step: number; readonly atMs: number; readonly value: T }[] = [];
  private readonly before: T | null;

  /** `before`: what holds before the first. */
  constructor(before: T | null = null) {
    this.before = before;
  }

  get length(): number {
    return this.entries.length;
  }

  get last(): T {
    return this.entries.at(-1)?.value ?? this.before!;
  }

  push(step: number, atMs: number, value: T): void {
    if (this.entries.at(-1)?.step === step) this.entries.pop();
    this.entries.push({ step, atMs, value });
  }

  at(index: number): { readonly step: number; readonly atMs: number; readonly value: T } {
    return this.entries[index]!;
  }

  /** What holds after a step. */
  valueAt(step: number): T {
    return this.entries[this.indexAtStep(step)]?.value ?? this.before!;
  }

  /** The last that is not later than a step; -1: none. */
  indexAtStep(step: number): number {
    return this.countWhile((entry) => entry.step <= step) - 1;
  }

  /** The last that is not later than a time; -1: none. */
  indexAtTime(atMs: number): number {
    return this.countWhile((entry) => entry.atMs <= atMs) - 1;
  }

  /** What ended before a step goes; what held then stays. */
  forget(step: number): void {
    const first = this.indexAtStep(step);
    if (first > 0) this.entries.splice(0, first);
  }

  /** How many at the beginning fit; of two neighbours the earlier fits if the later does. */
  private countWhile(fits: (entry: { step: number; atMs: number }) => boolean): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (fits(this.entries[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
