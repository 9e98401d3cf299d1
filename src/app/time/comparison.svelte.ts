/**
 * Two futures on screen: what each shows at the shared playhead, and in what they differ.
 */
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { Beat, BranchSight, ClusterSource } from '../../timeline/cluster-source';
import { differencesOf, type Difference } from '../../timeline/difference';
import { latestBeat, neighbourSpeed } from '../../timeline/playback';
import { Twin } from '../../timeline/twin';
import type { Speed } from '../panels/speed';
import { Clock } from './clock';
import type { ComparedPair } from './compared-pair';
import type { News } from '../telling/news';
import type { TimeVerbs } from './time-verbs';

/** How far “look further” computes at a time. */
const FURTHER_MS = 10_000;
/** A difference is looked for this far beyond the fork at first, in node timeouts. */
const FIRST_LOOK_TIMEOUTS = 3;
/** Computed at a time: so long on the page's clock, so much of the cluster's. */
const SLICE_MS = 24;
const [LEAST_BITE_MS, MOST_BITE_MS] = [1, 100];

export class Comparison implements TimeVerbs {
  readonly pair: ComparedPair;
  readonly twin: Twin;
  readonly #clock: Clock;
  #isClosed = false;
  /** Where the playhead is to stand once that is computed, if nobody moves it before. */
  #goalMs: number | null;
  /** Done once the first look ahead is over. */
  readonly looked: Promise<void>;

  left = $state.raw() as Shown;
  right = $state.raw() as Shown;
  atMs = $state(0);
  step = $state(0);
  playing = $state(false);
  settled = $state(true);
  speed = $state(1);
  byBeat = $state(false);
  /** Differs whenever more of either future is known. */
  recorded = $state('');
  computedUntilMs = $state(0);
  news = $state.raw<News | null>(null);
  filter = $state<'key' | 'all'>('key');

  differences: readonly Difference[] = $derived.by(() => {
    void this.recorded;
    const within = { fromMs: this.pair.forkMs, untilMs: this.computedUntilMs };
    return differencesOf(this.twin.left.beats(), this.twin.right.beats(), within);
  });
  pace: Speed = $derived(this.byBeat ? 'beat' : this.speed);

  constructor(source: ClusterSource, pair: ComparedPair) {
    this.pair = pair;
    this.twin = new Twin(source.playheadOn(pair.left), source.playheadOn(pair.right));
    // The other future of many nodes takes a while: the page must not stand still for it.
    this.twin.seekTime(Math.min(pair.atMs, this.twin.computedUntilMs));
    this.#goalMs = pair.atMs;
    this.#clock = new Clock(this.twin, {
      onmove: () => {
        this.#goalMs = null;
        this.#look();
      },
      ontween: (atMs) => {
        this.atMs = atMs;
      },
      onstate: (state, pace) => {
        this.playing = state === 'playing' || state === 'toBeat';
        this.settled = state === 'paused';
        this.speed = pace.speed;
        this.byBeat = pace.byBeat;
      },
      onnone: (what) => {
        this.news = { type: 'none', what, limitMs: source.searchLimitMs };
      },
      onbreak: ({ kind }) => {
        this.news = { type: 'break', kind };
      },
    });
    this.#look();
    const lookMs = FIRST_LOOK_TIMEOUTS * source.scene.nodeTimeoutMs;
    this.looked = this.#lookAhead(Math.max(pair.atMs, pair.forkMs + lookMs));
  }

  close(): void {
    this.#isClosed = true;
    this.#clock.close();
  }

  togglePlay(): void {
    this.news = null;
    this.#clock.toggle();
  }

  setSpeed(speed: Speed): void {
    if (speed === 'beat') this.#clock.setByBeat();
    else this.#clock.setSpeed(speed);
  }

  changeSpeed(direction: 1 | -1): void {
    this.#clock.setSpeed(neighbourSpeed(this.speed, direction));
  }

  stepEvent(direction: 1 | -1): void {
    this.#clock.stepEvent(direction);
  }

  stepBeat(direction: 1 | -1): void {
    this.news = null;
    this.#clock.stepBeat(direction);
  }

  stepDelivery(direction: 1 | -1): void {
    this.news = null;
    this.#clock.stepDelivery(direction);
  }

  seekTime(atMs: number): void {
    this.news = null;
    this.#clock.seekTime(atMs);
  }

  seekEnd(end: 'first' | 'last'): void {
    this.#clock.seekTime(end === 'first' ? this.pair.forkMs : this.twin.computedUntilMs);
  }

  /** Computes both futures on; the playhead stays. */
  async lookFurther(): Promise<void> {
    await this.#lookAhead(this.twin.computedUntilMs + FURTHER_MS);
  }

  /** A little at a time: the page lives, and a large cluster takes a while. */
  async #lookAhead(untilMs: number): Promise<void> {
    while (!this.#isClosed && this.twin.computedUntilMs < untilMs) {
      this.#computeFor(SLICE_MS, untilMs);
      this.#arrive();
      this.#record();
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#arrive();
  }

  /** Bites grow while they cost little, so that none is much longer than the slice. */
  #computeFor(budgetMs: number, untilMs: number): void {
    const endMs = performance.now() + budgetMs;
    let biteMs = LEAST_BITE_MS;
    for (let nowMs = 0; nowMs < endMs && this.twin.computedUntilMs < untilMs;) {
      const beganMs = performance.now();
      this.twin.computeUntil(Math.min(untilMs, this.twin.computedUntilMs + biteMs));
      nowMs = performance.now();
      const isCheap = nowMs - beganMs < budgetMs / 8;
      biteMs = Math.min(MOST_BITE_MS, Math.max(LEAST_BITE_MS, biteMs * (isCheap ? 2 : 0.5)));
    }
  }

  #arrive(): void {
    if (this.#goalMs === null || this.twin.computedUntilMs < this.#goalMs) return;
    this.twin.seekTime(this.#goalMs);
    this.#goalMs = null;
    this.#look();
  }

  #look(): void {
    const { left, right, cursor } = this.twin;
    this.left = shown(left);
    this.right = shown(right);
    this.atMs = cursor.atMs;
    this.step = cursor.step;
    this.#record();
  }

  /** What is known of both, wherever the playhead stands. */
  #record(): void {
    const { left, right } = this.twin;
    this.computedUntilMs = this.twin.computedUntilMs;
    const known = [left, right].map((one) => `${one.computedUntilMs} ${one.notes().length}`);
    this.recorded = known.join(' ');
  }
}

/** What one of the two futures shows now. */
export interface Shown {
  readonly sight: BranchSight;
  readonly frame: ClusterFrame;
  readonly step: number;
  readonly beat: Beat | null;
}

function shown(sight: BranchSight): Shown {
  const { step } = sight.cursor;
  return { sight, frame: sight.frame, step, beat: latestBeat(step, sight.beats()) };
}
