/**
 * What is recorded, as the lanes draw it: at once when something of weight happens or the reader
 * moves, else a few times a second. While time runs, something is recorded with every frame; laying
 * all of it out each time would cost more than everything else on the page. In a crowd something of
 * weight happens in every frame too: then that waits as well.
 */
import { untrack } from 'svelte';
import type { History } from '../layout/space-time';

const EVERY_MS = 100;
const CROWD_EVERY_MS = 300;
/** A leap this long was no frame of play. */
const LEAP_MS = 400;

export class SteadyHistory {
  readonly #live: () => History;
  readonly #isCrowd: () => boolean;
  #drawn = $state.raw<History | null>(null);
  /** Lists of a source grow in place, so what they were is remembered as counts. */
  #beatCount = 0;
  /** While it runs, what is drawn is fresh enough. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Call while a component is being made; `live` and `isCrowd` read its props. */
  constructor(live: () => History, isCrowd: () => boolean) {
    this.#live = live;
    this.#isCrowd = isCrowd;
    $effect.pre(() => {
      const now = live();
      untrack(() => this.#follow(now));
    });
    $effect(() => () => clearTimeout(this.#timer));
  }

  get current(): History {
    return this.#drawn ?? this.#live();
  }

  #follow(now: History): void {
    const last = this.#drawn;
    const hasBeat = now.beats.length !== this.#beatCount && !this.#isCrowd();
    const isNews = last === null || hasBeat || isLeap(last, now);
    if (isNews || this.#timer === undefined) this.#draw(now);
  }

  #draw(now: History): void {
    clearTimeout(this.#timer);
    this.#drawn = now;
    this.#beatCount = now.beats.length;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#live() !== now) this.#draw(this.#live());
      },
      this.#isCrowd() ? CROWD_EVERY_MS : EVERY_MS,
    );
  }
}

/** Whether another branch is at hand, or more came to be known than a frame of play brings. */
function isLeap(last: History, now: History): boolean {
  const byMs = now.computedUntilMs - last.computedUntilMs;
  return branchOf(last) !== branchOf(now) || byMs < 0 || byMs > LEAP_MS;
}

function branchOf({ recorded }: History): string {
  return recorded.split(' ')[0]!;
}
