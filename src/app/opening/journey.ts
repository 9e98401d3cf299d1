/**
 * The way to a moment that is not computed yet, in slices: the page keeps its frames however slow
 * the engine is.
 */
import type { ClusterSource } from '../../timeline/cluster-source';

/** A first piece of virtual time; the next ones grow or shrink with what it cost. */
const FIRST_PIECE_MS = 1;
const LEAST_PIECE_MS = 1;
const MOST_PIECE_MS = 200;

type Walker = Pick<ClusterSource, 'cursor' | 'computedUntilMs' | 'seekTime'>;

/** Goes towards `toMs` for about `budgetMs` of real time, and says whether it got there. */
export function walkTowards(
  source: Walker,
  toMs: number,
  budgetMs: number,
  now: () => number = () => performance.now(),
): boolean {
  const startedMs = now();
  // What is recorded costs nothing to cross.
  if (toMs <= source.computedUntilMs) {
    source.seekTime(toMs);
    return true;
  }
  let pieceMs = FIRST_PIECE_MS;
  while (source.cursor.atMs < toMs) {
    const beganMs = now();
    const fromMs = Math.max(source.cursor.atMs, Math.min(toMs, source.computedUntilMs));
    source.seekTime(Math.min(toMs, fromMs + pieceMs));
    const endedMs = now();
    if (endedMs - startedMs >= budgetMs) break;
    const isCheap = endedMs - beganMs < budgetMs / 8;
    pieceMs = isCheap
      ? Math.min(MOST_PIECE_MS, pieceMs * 2)
      : Math.max(LEAST_PIECE_MS, pieceMs / 2);
  }
  return source.cursor.atMs >= toMs;
}

export interface Goal {
  /** The moment to reach; null: until `isThere`. */
  readonly atMs: number | null;
  /** Asked after each `everyMs` of virtual time when no moment is given. */
  readonly isThere: () => boolean;
  /** Where to give up asking. */
  readonly latestMs: number;
}

/** How often one looks whether it is there yet: often enough to stop at the same moment always. */
const LOOK_EVERY_MS = 50;

export class Journey {
  readonly source: ClusterSource;
  readonly goal: Goal;
  #isOver = false;

  constructor(source: ClusterSource, goal: Goal) {
    this.source = source;
    this.goal = goal;
    this.#isOver = goal.atMs !== null && source.cursor.atMs >= goal.atMs;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Computes for about `budgetMs` of real time. */
  advance(budgetMs: number, now: () => number = () => performance.now()): void {
    const { atMs, isThere, latestMs } = this.goal;
    const endMs = now() + budgetMs;
    while (!this.#isOver && now() < endMs) {
      const stopMs = atMs ?? nextLook(this.source.cursor.atMs);
      if (!walkTowards(this.source, stopMs, endMs - now(), now)) continue;
      this.#isOver = atMs !== null || isThere() || stopMs >= latestMs;
    }
  }

  /** Arrives where it is. */
  stop(): void {
    this.#isOver = true;
  }
}

function nextLook(atMs: number): number {
  return (Math.floor(atMs / LOOK_EVERY_MS) + 1) * LOOK_EVERY_MS;
}
