/** What a screen reader hears: every step, but of a run one sentence each three seconds. */
import type { BeatKind } from '../../timeline/cluster-source';

const QUIET_MS = 3_000;
/** A run that hurries leaves its listeners behind: then the oldest of these go unsaid. */
const MOST_WAITING = 3;
/** What nobody may miss, whatever comes right after it. */
const GREAT: readonly (BeatKind | undefined)[] = ['process', 'fail', 'win', 'loss'];

export class Aloud {
  readonly #speak: (text: string) => void;
  #great: readonly string[] = [];
  #latest: string | null = null;
  #told: string | null = null;
  #spokenAtMs = -QUIET_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(speak: (text: string) => void) {
    this.#speak = speak;
  }

  /** `text` is what there is to tell now, of a beat of this kind; `runs`: time goes on by itself. */
  tell(text: string, kind: BeatKind | undefined, runs: boolean): void {
    if (runs && text === this.#told) return;
    this.#told = text;
    this.#latest = text;
    if (!runs) this.#great = [];
    else if (GREAT.includes(kind)) this.#great = [...this.#great, text].slice(-MOST_WAITING);
    this.#await(runs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #await(runs: boolean): void {
    const leftMs = QUIET_MS - (performance.now() - this.#spokenAtMs);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), runs ? Math.max(0, leftMs) : 0);
  }

  #next(): void {
    const [first, ...others] = this.#great;
    const text = first ?? this.#latest;
    this.#great = others;
    if (text === null) return;
    if (text === this.#latest) this.#latest = null;
    this.#spokenAtMs = performance.now();
    this.#speak(text);
    if (others.length > 0 || this.#latest !== null) this.#await(true);
  }
}
