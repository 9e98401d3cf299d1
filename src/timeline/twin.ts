/**
 * Two futures with one playhead: whatever happens next in either of them is the next stop of both.
 */
import type { Beat, BeatKind, BranchSight, Cursor } from './cluster-source';

export class Twin {
  readonly left: BranchSight;
  readonly right: BranchSight;
  private merged: readonly Beat[] = [];
  private mergedOf = '';

  constructor(left: BranchSight, right: BranchSight) {
    this.left = left;
    this.right = right;
  }

  /** The step counts both futures: it grows when either of them goes on. */
  get cursor(): Cursor {
    const { branch, step, atMs } = this.left.cursor;
    return { branch, step: step + this.right.cursor.step, atMs };
  }

  /** How far both are known. */
  get computedUntilMs(): number {
    return Math.min(this.left.computedUntilMs, this.right.computedUntilMs);
  }

  seekTime(atMs: number): void {
    this.left.seekTime(atMs);
    this.right.seekTime(atMs);
  }

  /** Computes both on; the playhead stays. */
  computeUntil(untilMs: number): void {
    const { atMs } = this.left.cursor;
    this.seekTime(Math.max(untilMs, atMs));
    this.seekTime(atMs);
  }

  /** To right after a step of the left future. */
  seekStep(step: number): void {
    this.left.seekStep(step);
    this.right.seekTime(this.left.cursor.atMs);
  }

  stepEvents(count: number): void {
    const direction = count < 0 ? -1 : 1;
    for (let taken = 0; taken < Math.abs(count); taken++) {
      const times = this.both((sight) => sight.neighbourMs(direction));
      if (times.length > 0) this.seekTime(nearest(times, direction));
      else if (direction === -1) this.seekTime(0);
    }
  }

  /** To the next or previous beat of either; null, and nothing moves, when there is none ahead. */
  stepBeat(direction: 1 | -1, limitMs?: number, kinds?: readonly BeatKind[]): Beat | null {
    const found = this.search(direction, (sight) => sight.stepBeat(direction, limitMs, kinds));
    return found ?? null;
  }

  /** To the next or previous message that is read in either. */
  stepDelivery(direction: 1 | -1, limitMs?: number) {
    return this.search(direction, (sight) => sight.stepDelivery(direction, limitMs)) ?? null;
  }

  /** The beats of both, in order of time. */
  beats(): readonly Beat[] {
    const [left, right] = [this.left.beats(), this.right.beats()];
    const known = `${left.length} ${right.length}`;
    if (known !== this.mergedOf) {
      this.mergedOf = known;
      this.merged = [...left, ...right].toSorted((a, b) => a.atMs - b.atMs);
    }
    return this.merged;
  }

  private search<T extends { readonly atMs: number }>(
    direction: 1 | -1,
    find: (sight: BranchSight) => T | null,
  ): T | undefined {
    const { atMs } = this.left.cursor;
    const found = this.both(find);
    const times = found.map((one) => one.atMs);
    const stay = direction === 1 ? atMs : 0;
    const target = times.length > 0 ? nearest(times, direction) : stay;
    this.seekTime(target);
    return found.find((one) => one.atMs === target);
  }

  private both<T>(read: (sight: BranchSight) => T | null): T[] {
    return [read(this.left), read(this.right)].filter((one) => one !== null);
  }
}

function nearest(times: readonly number[], direction: 1 | -1): number {
  return direction === 1 ? Math.min(...times) : Math.max(...times);
}
