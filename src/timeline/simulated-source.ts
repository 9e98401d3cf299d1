/**
 * A ClusterSource backed by the kernel: compute forward, look anywhere, branch in the past.
 * The cursor always stands right after a step that left a trace, so that going back and forth meets
 * the same worlds.
 */
import { frameOfWorld } from '../kernel/frame-of-world';
import { hashWorld } from '../kernel/hash';
import type { Input, TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import { act, createWorld, inputTimeMs, type World } from '../kernel/world';
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { RecordedNote } from '../protocol/notes';
import { Branch } from './branch';
import type { Beat, BranchInfo, ClusterSource, Cursor, MessageTrace, Span } from './cluster-source';

/** How far the search for the next event or beat computes before it gives up. */
const SEARCH_LIMIT_MS = 120_000;

export class SimulatedSource implements ClusterSource {
  readonly scene: Scene;
  readonly capabilities = { rewind: true, act: true, hash: true } as const;
  private readonly all: Branch[];
  private current: Branch;
  private stopIndex = 0;
  private atMs = 0;
  private pictureOf: World | null = null;
  private picture: ClusterFrame | null = null;
  private hashOf: World | null = null;
  private hashText = '';
  private readonly describe: (input: Input) => string;

  /** `describe` puts an input into a sentence, for the names of branches. */
  constructor(scene: Scene, describe: (input: Input) => string = ({ type }) => type) {
    this.scene = scene;
    this.describe = describe;
    const start = { id: 0, parent: null, forkedAtMs: 0, cause: '', inputs: scene.inputs };
    this.current = new Branch(start, createWorld(scene));
    this.all = [this.current];
  }

  get cursor(): Cursor {
    return { branch: this.current.start.id, step: this.stop.step, atMs: this.atMs };
  }

  get computedUntilMs(): number {
    return this.current.computedUntilMs;
  }

  /** The world at the cursor. */
  get world(): World {
    return this.current.worldAt(this.stop.step);
  }

  get frame(): ClusterFrame {
    const { world } = this;
    if (this.pictureOf !== world || this.picture === null) {
      this.pictureOf = world;
      this.picture = frameOfWorld(world);
    }
    if (this.picture.atMs !== this.atMs) this.picture = { ...this.picture, atMs: this.atMs };
    return this.picture;
  }

  previousFrame(): ClusterFrame | null {
    const before = this.current.visible[this.stopIndex - 1];
    return before ? frameOfWorld(this.current.worldAt(before.step)) : null;
  }

  get branches(): readonly BranchInfo[] {
    return this.all.map(({ start, computedUntilMs }) => ({
      id: start.id,
      parent: start.parent,
      forkedAtMs: start.forkedAtMs,
      cause: start.cause,
      untilMs: computedUntilMs,
    }));
  }

  /** Scene and all inputs of the branch at hand: enough to compute it again elsewhere. */
  get inputs(): readonly TimedInput[] {
    return this.current.start.inputs;
  }

  stepEvents(count: number): void {
    const { visible } = this.current;
    const target = this.stopIndex + count;
    this.current.computeWhile(() => visible.length <= target, SEARCH_LIMIT_MS);
    this.standAt(Math.min(Math.max(0, target), visible.length - 1));
  }

  stepBeat(direction: 1 | -1, limitMs = SEARCH_LIMIT_MS): Beat | null {
    const { beats } = this.current;
    const here = this.stop.step;
    const find = (): Beat | undefined =>
      direction === 1
        ? beats.find((beat) => beat.step > here)
        : beats.findLast((beat) => beat.step < here);
    if (direction === 1) this.current.computeWhile(() => find() === undefined, limitMs);
    const beat = find();
    if (!beat) {
      if (direction === -1) this.standAt(0);
      else this.seekTime(this.computedUntilMs);
      return null;
    }
    this.seekStep(beat.step);
    return beat;
  }

  seekTime(atMs: number): void {
    const target = Math.max(0, atMs);
    if (target > this.current.computedUntilMs) this.current.computeUntil(target);
    const { visible } = this.current;
    this.stopIndex = lastIndex(visible.length, (i) => visible[i]!.atMs <= target);
    this.atMs = target;
  }

  seekStep(step: number): void {
    const { visible } = this.current;
    this.current.computeWhile(() => visible.at(-1)!.step < step, SEARCH_LIMIT_MS);
    this.standAt(lastIndex(visible.length, (i) => visible[i]!.step <= step));
  }

  act(input: Input): void {
    const before = this.world;
    const whenMs = inputTimeMs(before, this.atMs);
    const world = act(before, input, this.atMs);
    const { start } = this.current;
    const isEdge = this.stopIndex === this.current.visible.length - 1;
    const inputs = [...start.inputs.filter((one) => one.atMs < whenMs), { atMs: whenMs, input }];
    const next = isEdge
      ? { ...start, inputs }
      : {
          id: this.all.length,
          parent: start.id,
          forkedAtMs: this.atMs,
          cause: this.describe(input),
          inputs,
        };
    const branch = this.current.fork(next, before.steps, world);
    // At the edge nothing that has been seen is lost, so the line goes on; else it is a new one.
    if (isEdge) this.all[start.id] = branch;
    else this.all.push(branch);
    this.current = branch;
    this.seekTime(whenMs);
  }

  switchBranch(id: number): void {
    const branch = this.all[id];
    if (!branch) throw new Error(`there is no branch ${id}; there are 0 to ${this.all.length - 1}`);
    this.current = branch;
    this.seekTime(Math.min(this.atMs, branch.computedUntilMs));
  }

  notes(): readonly RecordedNote[] {
    return this.current.notes;
  }

  beats(): readonly Beat[] {
    return this.current.beats;
  }

  messages(fromMs: number, toMs: number): readonly MessageTrace[] {
    return this.current.messages(fromMs, toMs);
  }

  spans(): readonly Span[] {
    return this.current.spans;
  }

  density(bucketMs: number): readonly number[] {
    const counts: number[] = [];
    for (const { sentAtMs } of this.current.traces) {
      const bucket = Math.floor(sentAtMs / bucketMs);
      while (counts.length <= bucket) counts.push(0);
      counts[bucket]!++;
    }
    return counts;
  }

  hash(): string {
    const { world } = this;
    if (this.hashOf !== world) {
      this.hashOf = world;
      this.hashText = hashWorld(world);
    }
    return this.hashText;
  }

  private get stop(): { readonly step: number; readonly atMs: number } {
    return this.current.visible[this.stopIndex]!;
  }

  private standAt(index: number): void {
    this.stopIndex = index;
    this.atMs = this.stop.atMs;
  }
}

/**
 * The last index below `length` of which `holds` is true; it must be true of a prefix, 0 included.
 */
function lastIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
