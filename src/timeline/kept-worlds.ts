/**
 * The worlds of a line of history that can be gone back to at once: some put away for good, so many
 * that no way from one of them is long, and those around the cursor.
 */
import { step } from '../kernel/step';
import type { World } from '../kernel/world';
import { WorldDiary, unpackWorld, type PackedWorld, type Putting } from './packed-world';
import { RecentWorlds } from './recent-worlds';

/**
 * How many steps may lie between two kept worlds; a seek takes at most that many. The more nodes,
 * the larger a world: then fewer are kept.
 */
const KEEP_EVERY = 60;
const KEEP_LESS_PER_NODE = 0.7;
/** Worlds near the cursor are kept as well, for going back and forth. */
const RECENT_WORLDS = 32;
/**
 * So often a stretch that has been put away is gone through again. An engine compiles for what it
 * has met: whoever then goes back meets no rule that knows only worlds that were never put away.
 */
const REHEARSE_EVERY = 64;

interface Kept {
  readonly steps: number;
  readonly packed: PackedWorld;
}

/** A world that is put away bit by bit with the steps after it: at once it would cost a frame. */
interface UnderWay {
  readonly steps: number;
  readonly work: Putting['work'];
  /** Pieces a step. */
  readonly share: number;
}

const stepsBetween = ({ names }: World): number => KEEP_EVERY + KEEP_LESS_PER_NODE * names.length;

/** The way from one kept world to the next, a step of it with each step that is new. */
interface Rehearsal {
  readonly world: World;
  readonly untilStep: number;
}

export class KeptWorlds {
  /** In ascending order of steps. */
  private readonly kept: Kept[] = [];
  private readonly recent = new RecentWorlds(RECENT_WORLDS);
  private readonly diary = new WorldDiary();
  /** What it takes to get from the last of them to the newest. */
  private effort = 0;
  private underWay: UnderWay | null = null;
  private rehearsal: Rehearsal | null = null;

  /** The world it begins with, to go on from. */
  readonly first: World;

  constructor(first: World, earlier: readonly Kept[] = []) {
    this.kept.push(...earlier);
    this.first = this.putAway(first);
    this.finish();
  }

  /** What is kept before step `steps`, and `world`, which stands there. */
  fork(world: World): KeptWorlds {
    this.finish();
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
    this.goOn();
    const same = this.effort >= stepsBetween(world) ? this.putAway(world) : world;
    this.recent.add(same);
    return same;
  }

  /** The world right after kernel step `steps`, which must lie before the newest. */
  at(steps: number): World {
    let world = this.nearest(steps);
    while (world.steps < steps) {
      world = step(world)![0];
      // The way there is kept too: the next look is most often one step back.
      this.recent.add(world);
    }
    return world;
  }

  private putAway(world: World): World {
    this.finish();
    const { steps } = world;
    const { work, pieces, world: same } = this.diary.begin(world);
    this.underWay = { steps, work, share: Math.ceil(pieces / stepsBetween(world)) };
    this.effort = 0;
    return same;
  }

  private goOn(): void {
    const { share = 0 } = this.underWay ?? {};
    for (let left = share; left > 0 && this.underWay; left--) this.writeMore(this.underWay);
    this.rehearse();
  }

  private rehearse(): void {
    if (!this.rehearsal) return;
    const { world, untilStep } = this.rehearsal;
    const isThere = world.steps >= untilStep;
    this.rehearsal = isThere ? null : { world: step(world)![0], untilStep };
  }

  private finish(): void {
    while (this.underWay) this.writeMore(this.underWay);
  }

  private writeMore({ work, steps }: UnderWay): void {
    const { done, value: packed } = work.next();
    if (done !== true) return;
    if (this.kept.length % REHEARSE_EVERY === REHEARSE_EVERY - 1) {
      this.rehearsal = { world: unpackWorld(this.kept.at(-1)!.packed), untilStep: steps };
    }
    this.kept.push({ steps, packed });
    this.underWay = null;
  }

  /** The last world at hand that is not later. */
  private nearest(steps: number): World {
    if (this.underWay && this.underWay.steps <= steps) this.finish();
    const kept = this.kept[this.indexBefore(steps)]!;
    const recent = this.recent.lastBetween(kept.steps, steps);
    if (recent) return recent;
    const world = unpackWorld(kept.packed);
    this.recent.add(world);
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
