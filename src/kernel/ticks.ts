/**
 * The ticks of all processes. A tick in which nothing can happen is counted and left out, exactly:
 * the next one comes when it would have come, and takes the number it would have taken.
 *
 * A tick comes 100 or 101 ms after the one before. Those of each kind wait in a line of their own:
 * what joins a line comes after everything in it, so that neither needs sorting.
 */
import { CRON_PERIOD_MS } from '../protocol/config';
import type { NodeName } from '../protocol/ids';
import { cronGapMs } from '../protocol/time/tick-times';
import type { Mutable } from '../protocol/turn';
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

/** The same in lists of their own, with nothing in front: to be kept for long. */
export function ownTicks([a, b]: Ticks): Ticks {
  const own = ({ items, from, to }: Line): Line => ({
    items: items.slice(from, to),
    from: 0,
    to: to - from,
  });
  return [own(a), own(b)];
}

/** So much at the front of a list that nobody looks at any more: time for a new one. */
const MUCH_BEHIND = 1_024;

/** Ticks that are taken and added one after the other. What they started from stays as it was. */
export class TickDraft {
  private readonly seed: number;
  private readonly lines: readonly [Mutable<Line>, Mutable<Line>];

  constructor([a, b]: Ticks, seed: number) {
    this.seed = seed;
    this.lines = [
      { items: a.items, from: a.from, to: a.to },
      { items: b.items, from: b.from, to: b.to },
    ];
  }

  /** As they are now; this draft is not to be used any more. */
  done(): Ticks {
    return this.lines;
  }

  /** The earliest, or null. */
  get first(): Tick | null {
    return firstTick(this.lines);
  }

  /** Takes out `first`. */
  take(first: Tick): void {
    const line = head(this.lines[0]) === first ? this.lines[0] : this.lines[1];
    line.from++;
  }

  /** The tick after one at `nowMs`; `passed` were left out since the last that was not. */
  add(nowMs: number, seq: number, { node, run }: Pick<Tick, 'node' | 'run'>, passed: number): void {
    const gapMs = cronGapMs(this.seed, Number(node), nowMs);
    const line = gapMs === CRON_PERIOD_MS ? this.lines[0] : this.lines[1];
    join(line, { atMs: nowMs + gapMs, seq, node, run, passed });
  }
}

/** The earliest, or null. */
export function firstTick([one, other]: Ticks): Tick | null {
  const [a, b] = [head(one), head(other)];
  if (!a || !b) return a ?? b;
  return isBefore(a, b) ? a : b;
}

const head = ({ items, from, to }: Line): Tick | null => (from < to ? items[from]! : null);

function join(line: Mutable<Line>, tick: Tick): void {
  // Another world has gone on from here, or the list has grown long: a list of its own.
  if (line.items.length !== line.to || line.from > MUCH_BEHIND) {
    line.items = line.items.slice(line.from, line.to);
    line.to -= line.from;
    line.from = 0;
  }
  line.items.push(tick);
  line.to++;
}
