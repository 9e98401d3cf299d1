/**
 * The same fault many times on the real nodes: the masters in turn, each left in peace for more
 * than four timeouts, since nobody stands or votes again about one master before.
 */
import { planOf } from '../../beside/cluster-plan';
import { episodesOf, deedsOf } from '../../beside/deeds-of-notes';
import { realEvents } from '../../beside/real-runs';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import type { LiveRun } from './live-run.svelte';

export type RepeatedFault = 'freeze' | 'kill';
export type RepeatPhase = 'idle' | 'resting' | 'struck' | 'mending';

const LOOK_EVERY_MS = 250;
const PEACE_TIMEOUTS = 4;
const PEACE_MORE_MS = 1_000;
/** Should this page go away, the bridge mends it after so many timeouts and some seconds. */
const GIVES_UP_TIMEOUTS = 10;
const GIVES_UP_MORE_MS = 20_000;
const GOLDEN_RATIO = 0.618_033_988_75;

export class Repeat {
  readonly #run: LiveRun;
  readonly #onrun: () => void;
  #isStopped = false;

  phase = $state<RepeatPhase>('idle');
  done = $state(0);
  wanted = $state(0);
  /** Why it ended before its time. */
  ending = $state<'lost' | 'late' | null>(null);

  constructor(run: LiveRun, onrun: () => void) {
    this.#run = run;
    this.#onrun = onrun;
  }

  stop(): void {
    this.#isStopped = true;
  }

  #goesOn(): boolean {
    return !this.#isStopped;
  }

  async start(fault: RepeatedFault, times: number): Promise<void> {
    this.#isStopped = false;
    this.ending = null;
    this.wanted = times;
    const struckMs = new Map<number, number>();
    for (this.done = 0; this.done < times && this.#goesOn();) {
      this.phase = 'resting';
      const shard = this.done % this.#masters().length || 0;
      if (!(await this.#rest(struckMs.get(shard) ?? -Infinity))) break;
      struckMs.set(shard, this.#nowMs);
      if (!(await this.#strike(fault, this.#masters()[shard]!))) break;
      this.done++;
      this.#onrun();
    }
    this.phase = 'idle';
  }

  /** Strikes, waits until the others say ok, mends. */
  async #strike(fault: RepeatedFault, victim: string): Promise<boolean> {
    const run = this.#run;
    const node = run.nodes.find(({ port }) => String(port) === victim)?.number ?? 0;
    const signal = fault === 'freeze' ? 'STOP' : 'KILL';
    const forMs = GIVES_UP_TIMEOUTS * this.#timeoutMs + GIVES_UP_MORE_MS;
    this.phase = 'struck';
    const askedMs = this.#nowMs;
    if (!(await run.ask({ t: 'proc.signal', node, signal, forMs }))) return this.#end('lost');
    const isOver = await this.#until(() => this.#hasRecovered(askedMs), forMs);
    this.phase = 'mending';
    const mending =
      fault === 'freeze'
        ? ({ t: 'proc.signal', node, signal: 'CONT' } as const)
        : ({ t: 'proc.start', node } as const);
    // The bridge may have been quicker.
    await run.ask(mending);
    const isWhole = await this.#until(() => this.#isWhole(), forMs);
    return isOver && isWhole;
  }

  /** Waits for a whole cluster, for peace, and for a part of a timeout: ticks have phases. */
  async #rest(struckMs: number): Promise<boolean> {
    const timeoutMs = this.#timeoutMs;
    const share = (this.done * GOLDEN_RATIO) % 1;
    const notBeforeMs = struckMs + PEACE_TIMEOUTS * timeoutMs + PEACE_MORE_MS;
    const fromMs = Math.max(notBeforeMs, this.#nowMs + PEACE_MORE_MS) + share * timeoutMs;
    const limitMs = fromMs - this.#nowMs + GIVES_UP_TIMEOUTS * timeoutMs + GIVES_UP_MORE_MS;
    return this.#until(() => this.#nowMs >= fromMs && this.#isWhole(), limitMs);
  }

  async #until(holds: () => boolean, limitMs: number): Promise<boolean> {
    const deadlineMs = performance.now() + limitMs;
    while (!holds()) {
      if (this.#isStopped && this.phase === 'resting') return false;
      const { lock } = this.#run;
      if (lock !== null && lock !== 'past') return this.#end('lost');
      if (performance.now() > deadlineMs) return this.#end('late');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return true;
  }

  #end(why: 'lost' | 'late'): false {
    this.ending = why;
    return false;
  }

  /** What followed from an older strike does not count. */
  #hasRecovered(sinceMs: number): boolean {
    const { source } = this.#run;
    if (!source) return false;
    const notes = source.notes();
    const last = episodesOf(deedsOf(notes), source.computedUntilMs).at(-1);
    if (!last || last.fromMs < sinceMs) return false;
    return realEvents(notes, last).some(({ event }) => event === 'state ok');
  }

  /** Everybody runs, holds nobody for failing, and says ok. */
  #isWhole(): boolean {
    if (this.#run.nodes.some(({ state }) => state !== 'running')) return false;
    const frame = this.#edge();
    if (frame === null || typeof planOf(frame) === 'string') return false;
    return frame.nodes.every(
      ({ view }) =>
        view.clusterState === 'ok' &&
        view.rows.every(({ flags }) => !flags.includes('fail') && !flags.includes('pfail')),
    );
  }

  #masters(): string[] {
    const frame = this.#edge();
    const plan = frame && planOf(frame);
    return plan === null || typeof plan === 'string' ? [] : plan.shards.map(({ master }) => master);
  }

  #edge(): ClusterFrame | null {
    const sight = this.#run.source?.playheadOn(0);
    sight?.seekTime(this.#nowMs);
    return sight?.frame ?? null;
  }

  get #nowMs(): number {
    return this.#run.source?.computedUntilMs ?? 0;
  }

  get #timeoutMs(): number {
    return this.#run.hello?.nodeTimeoutMs ?? 5_000;
  }
}
