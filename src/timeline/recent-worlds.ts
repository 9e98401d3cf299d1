/**
 * The worlds around the cursor, the last few that were looked at: a new one takes the place of the
 * oldest. A `Map` would do, but what it has forgotten outlives it by far: the garbage collector
 * keeps every table such a map has outgrown, and all that is on it.
 */
import type { World } from '../kernel/world';

export class RecentWorlds {
  private readonly worlds: World[] = [];
  private readonly most: number;
  private next = 0;

  /** `most`: so many there are at once. */
  constructor(most: number) {
    this.most = most;
  }

  add(world: World): void {
    this.worlds[this.next] = world;
    this.next = (this.next + 1) % this.most;
  }

  /** The last one right after one of the steps `from` to `to`; null: none is at hand. */
  lastBetween(from: number, to: number): World | null {
    let last: World | null = null;
    for (const world of this.worlds) {
      const { steps } = world;
      if (steps >= from && steps <= to && (last === null || steps > last.steps)) last = world;
    }
    return last;
  }
}
