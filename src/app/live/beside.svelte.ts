/**
 * Model beside reality: what was done to the real nodes, the same in a hundred simulated clusters,
 * and every real run of this kind that this page has seen.
 */
import { planOf, type ClusterPlan, type NoPlan } from '../../beside/cluster-plan';
import { deedsOf, episodesOf, withoutRest, type Episode } from '../../beside/deeds-of-notes';
import { compareOrder } from '../../beside/first-difference';
import { intervalRows, intervalsOf, type Intervals } from '../../beside/intervals';
import { withoutRace, type KeyEvent } from '../../beside/key-events';
import { isStillTrue, withMendings } from '../../beside/mendings';
import { playModel } from '../../beside/play-model';
import { comparable, hasDebugLines, kindOf, realEvents } from '../../beside/real-runs';
import type { TimedInput } from '../../kernel/inputs';
import type { RealSource } from './live-source';

/** So many simulated runs make a distribution. */
const MODEL_RUNS = 100;
/** The page may be busy so long at a time. */
const BUSY_MS = 8;

interface SeenRun {
  readonly kind: string;
  readonly intervals: Intervals;
}

export class Beside {
  readonly #source: RealSource;
  readonly #mendings: () => readonly TimedInput[];
  readonly #seen = new Map<number, SeenRun>();
  #seenVersion = $state(0);
  #isStopped = false;
  #plans = new Map<number, ClusterPlan | NoPlan>();

  episodes = $state.raw<readonly Episode[]>([]);
  /** When the episode began that is looked at; null: the newest. */
  chosenMs = $state<number | null>(null);
  /** What the model did, run by run. */
  model = $state.raw<readonly (readonly KeyEvent[])[]>([]);
  /** Which episode that was, with what was still to come of it. */
  #modelOf = $state.raw<Episode | null>(null);
  #planned = $state.raw<readonly TimedInput[]>([]);
  #nowMs = $state(0);
  isPlaying = $state(false);
  #debug = $state(true);
  #events = $state.raw<readonly KeyEvent[]>([]);

  readonly of = MODEL_RUNS;

  chosen = $derived.by(() => {
    const found = this.episodes.find(({ fromMs }) => fromMs === this.chosenMs);
    const one = found ?? this.episodes.at(-1) ?? null;
    return one && this.#whole(one);
  });
  plan = $derived(this.chosen === null ? null : this.#planOf(this.chosen));
  real = $derived<readonly KeyEvent[]>(withoutRace(comparable(this.#events, this.#debug)));
  /** The runs of the model, if they were of what is looked at. */
  runs = $derived(
    this.#modelOf && this.chosen && isStillTrue(this.#modelOf, this.chosen, this.#nowMs)
      ? this.model.map((events) => comparable(events, this.#debug))
      : [],
  );
  /** Before an episode is over, the model is ahead of it: only as much is compared as happened. */
  verdict = $derived.by(() => {
    const isOver = this.chosen !== null && this.chosen.untilMs <= this.#nowMs;
    const most = isOver ? Infinity : this.real.length;
    return compareOrder(
      this.real,
      this.runs.map((events) => withoutRace(events).slice(0, most)),
    );
  });
  rows = $derived.by(() => {
    const { chosen } = this;
    void this.#seenVersion;
    if (chosen === null) return [];
    const kind = this.#kindOf(chosen);
    const seen = [...this.#seen.values()].filter((one) => one.kind === kind);
    return intervalRows(
      intervalsOf(this.real, chosen),
      seen.map(({ intervals }) => intervals),
      this.runs.map((events) => intervalsOf(events, chosen)),
    );
  });

  /** `mendings`: what the bridge will mend by itself. */
  constructor(source: RealSource, mendings: () => readonly TimedInput[] = () => []) {
    this.#source = source;
    this.#mendings = mendings;
    this.look();
  }

  /** Reads what the run shows by now. */
  look(): void {
    const source = this.#source;
    const notes = source.notes();
    const found = episodesOf(deedsOf(notes), source.computedUntilMs);
    this.#debug = hasDebugLines(notes);
    this.#planned = this.#mendings();
    this.#nowMs = source.computedUntilMs;
    this.episodes = found.map((one) => withoutRest(one, source.frame.nodeTimeoutMs));
    for (const episode of this.episodes.map((one) => this.#whole(one))) {
      const events = comparable(realEvents(notes, episode), this.#debug);
      const intervals = intervalsOf(events, episode);
      this.#seen.set(episode.fromMs, { kind: this.#kindOf(episode), intervals });
      if (episode.fromMs === this.chosen?.fromMs) this.#events = events;
    }
    this.#seenVersion++;
  }

  choose(fromMs: number): void {
    this.stop();
    this.chosenMs = fromMs;
    this.look();
  }

  /** Plays the model, a few milliseconds at a time. */
  async play(): Promise<void> {
    const { chosen, plan } = this;
    if (chosen === null || plan === null || typeof plan === 'string') return;
    this.chosenMs = chosen.fromMs;
    this.#modelOf = chosen;
    this.#isStopped = false;
    this.isPlaying = true;
    this.model = [];
    for (let seed = 1; seed <= MODEL_RUNS && this.#goesOn(); seed++) {
      const events = await this.#playOne(plan, chosen, seed);
      if (events && this.#modelOf === chosen) this.model = [...this.model, events];
    }
    this.isPlaying = false;
  }

  stop(): void {
    this.#isStopped = true;
  }

  #goesOn(): boolean {
    return !this.#isStopped;
  }

  async #playOne(plan: ClusterPlan, episode: Episode, seed: number): Promise<KeyEvent[] | null> {
    const run = playModel(plan, episode, seed);
    while (!this.#isStopped) {
      const restMs = performance.now() + BUSY_MS;
      while (performance.now() < restMs) {
        const next = run.next();
        if (next.done) return next.value;
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    return null;
  }

  /** The newest episode with what is still to come of it. */
  #whole(episode: Episode): Episode {
    if (episode.fromMs !== this.episodes.at(-1)?.fromMs) return episode;
    return withMendings(episode, this.#planned, this.#source.frame.nodeTimeoutMs);
  }

  /** The shape of the cluster when an episode began, kept: the recording may forget it. */
  #planOf({ fromMs }: Episode): ClusterPlan | NoPlan {
    const known = this.#plans.get(fromMs);
    if (known !== undefined) return known;
    const sight = this.#source.playheadOn(0);
    sight.seekTime(fromMs - 1);
    const plan = planOf(sight.frame);
    this.#plans.set(fromMs, plan);
    return plan;
  }

  #kindOf(episode: Episode): string {
    const plan = this.#planOf(episode);
    const masters = typeof plan === 'string' ? [] : plan.shards.map(({ master }) => master);
    return kindOf(episode, new Set(masters));
  }
}
