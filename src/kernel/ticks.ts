/**
 * The ticks of all processes. A tick in which nothing can happen is counted and left out, exactly:
 * the next one comes when it would have come, and takes the number it would have taken.
 *
 * A tick comes 100 or 101 ms after the one before. Those of each kind wait in a line of their own:
 * what joins a line comes after everything in it, so that neither needs sorting.
 */
import { CRON_PERIOD_MS } from '../protocol/config';
import type { NodeName } from '../protocol/ids';
import { cronGapMs } from '../protocol/tick-times';
import { isBefore, type Timed } from './event-queue';

/** The next tick of one run of a process. */
export interface Tick extends Timed {
  readonly node: NodeName;
  readonly run: number;
  /** How many before it were left out. */
  readonly passed: number;
}

/** A stretch of a list that only grows at its end: lines of different worlds may share one. */
interface Line {
  readonly items: Tick[];
  readonly from: number;
  readonly to: number;
}

/** In two lines: those that come after 100 ms, and those that come after 101. */
export type Ticks = readonly [Line, Line];

const NOBODY: Line = { items: [], from: 0, to: 0 };

/** No process runs. */
export const NO_TICKS: Ticks = [NOBODY, NOBODY];

/** Every tick to come, in no particular order. */
export const allTicks = (ticks: Ticks): Tick[] =>
  ticks.flatMap(({ items, from, to }) => items.slice(from, to));

/** So much at the front of a list that nobody looks at any more: time for a new one. */
const MUCH_BEHIND = 1_024;

/** Ticks that are taken and added one after the other. What they started from stays as it was. */
export class TickDraft {
  private readonly lines: [Line, Line];
  private readonly seed: number;

  constructor(ticks: Ticks, seed: number) {
    this.lines = [...ticks];
    this.seed = seed;
  }

  get ticks(): Ticks {
    return [...this.lines];
  }

  /** The earliest, or null. */
  get first(): Tick | null {
    const [a, b] = [head(this.lines[0]), head(this.lines[1])];
    if (!a || !b) return a ?? b;
    return isBefore(a, b) ? a : b;
  }

  takeFirst(): void {
    const { first } = this;
    const at = head(this.lines[0]) === first ? 0 : 1;
    const { items, from, to } = this.lines[at];
    this.lines[at] = { items, from: from + 1, to };
  }

  /** The tick after one that comes at `nowMs`. */
  add(nowMs: number, tick: Omit<Tick, 'atMs'>): void {
    const gapMs = cronGapMs(this.seed, Number(tick.node), nowMs);
    const at = gapMs === CRON_PERIOD_MS ? 0 : 1;
    this.lines[at] = joined(this.lines[at], { ...tick, atMs: nowMs + gapMs });
  }
}

const head = ({ items, from, to }: Line): Tick | null => (from < to ? items[from]! : null);

function joined({ items, from, to }: Line, tick: Tick): Line {
  // Another world has gone on from here, or the list has grown long: a list of its own.
  if (items.length !== to || from > MUCH_BEHIND) {
    return { items: [...items.slice(from, to), tick], from: 0, to: to - from + 1 };
  }
  items.push(tick);
  return { items, from, to: to + 1 };
}
