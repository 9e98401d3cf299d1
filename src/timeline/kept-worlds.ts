/**
 * The worlds of a line of history that can be gone back to at once: some put away for good, so many
 * that no way from one of them is long, and those around the cursor.
 */
import { step } from '../kernel/step';
import type { World } from '../kernel/world';
import { WorldDiary, unpackWorld, type PackedWorld } from './packed-world';

/**
 * How many steps may lie between two kept worlds; a seek takes at most that many. The more nodes,
 * the larger a world: then fewer are kept.
 */
const KEEP_EVERY = 60;
const KEEP_LESS_PER_NODE = 0.7;
/** Worlds near the cursor are kept as well, for going back and forth. */
const RECENT_WORLDS = 32;

interface Kept {
  readonly steps: number;
  readonly packed: PackedWorld;
}

export class KeptWorlds {
  /** In ascending order of steps. */
  private readonly kept: Kept[] = [];
  private readonly recent = new Map<number, World>();
  private readonly diary = new WorldDiary();
  /** What it takes to get from the last of them to the newest. */
  private effort = 0;

  /** The world it begins with, to go on from. */
  readonly first: World;

  constructor(first: World, earlier: readonly Kept[] = []) {
    this.kept.push(...earlier);
    this.first = this.putAway(first);
  }

  /** What is kept before step `steps`, and `world`, which stands there. */
  fork(world: World): KeptWorlds {
    return new KeptWorlds(
      world,
      this.kept.filter(({ steps }) => steps < world.steps),
    );
  }

  /**
   * Takes the newest world of the line, and returns it, to go on from. `effort`: as how many steps
   * that count which led to it.
   */
  add(world: World, effort = 1): World {
    this.effort += effort;
    const between = KEEP_EVERY + KEEP_LESS_PER_NODE * world.names.length;
    const same = this.effort >= between ? this.putAway(world) : world;
    this.keepRecent(same);
    return same;
  }

  /** The world right after kernel step `steps`, which must lie before the newest. */
  at(steps: number): World {
    let world = this.nearest(steps);
    while (world.steps < steps) {
      world = step(world)![0];
      // The way there is kept too: the next look is most often one step back.
      this.keepRecent(world);
    }
    return world;
  }

  private putAway(world: World): World {
    const { packed, world: same } = this.diary.put(world);
    this.kept.push({ steps: world.steps, packed });
    this.effort = 0;
    return same;
  }

  private keepRecent(world: World): void {
    this.recent.set(world.steps, world);
    if (this.recent.size > RECENT_WORLDS) this.recent.delete(this.recent.keys().next().value!);
  }

  /** The last world at hand that is not later. */
  private nearest(steps: number): World {
    const kept = this.kept[this.indexBefore(steps)]!;
    for (let at = steps; at >= kept.steps; at--) {
      const world = this.recent.get(at);
      if (world) return world;
    }
    const world = unpackWorld(kept.packed);
    this.keepRecent(world);
    return world;
  }

  private indexBefore(steps: number): number {
    let low = 0;
    let high = this.kept.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.kept[middle]!.steps <= steps) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
