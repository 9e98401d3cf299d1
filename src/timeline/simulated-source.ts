/**
 * A ClusterSource backed by the kernel: compute forward, look anywhere, branch in the past.
 */
import type { Input, TimedInput } from '../kernel/inputs';
import type { Scene } from '../kernel/scene';
import type { Actor } from '../kernel/step-record';
import { act, createWorld, inputTimeMs, withoutInputs, type World } from '../kernel/world';
import type { ClusterFrame } from '../protocol/cluster-frame';
import type { RecordedNote } from '../protocol/notes';
import { Branch, type BranchStart } from './branch';
import type {
  Beat,
  BeatKind,
  BranchCause,
  BranchInfo,
  ChartPlace,
  ClusterSource,
  Cursor,
  MessageAccount,
  MessageTrace,
  Span,
  TypeFilter,
} from './cluster-source';
import { Playhead } from './playhead';

export class SimulatedSource implements ClusterSource {
  readonly scene: Scene;
  readonly capabilities = { rewind: true, act: true, hash: true } as const;
  private readonly all = new Map<number, Branch>();
  private readonly names = new Map<number, string>();
  private nextBranch = 1;
  /** After which step each deed of a hand was given; it comes at the next. */
  private readonly givenAt = new Map<Input, number>();
  private here: Playhead;

  constructor(scene: Scene) {
    this.scene = scene;
    const start = { id: 0, parent: null, forkedAtMs: 0, cause: null, inputs: scene.inputs };
    const first = new Branch(start, createWorld(scene));
    this.all.set(0, first);
    this.here = new Playhead(first);
  }

  get cursor(): Cursor {
    return this.here.cursor;
  }

  get computedUntilMs(): number {
    return this.here.computedUntilMs;
  }

  get searchLimitMs(): number {
    return this.here.searchLimitMs;
  }

  /** The world at the cursor. */
  get world(): World {
    return this.here.world;
  }

  get frame(): ClusterFrame {
    return this.here.frame;
  }

  previousFrame(): ClusterFrame | null {
    return this.here.previousFrame();
  }

  get branches(): readonly BranchInfo[] {
    return [...this.all.values()].map(({ start, computedUntilMs }) => ({
      id: start.id,
      parent: start.parent,
      forkedAtMs: start.forkedAtMs,
      cause: start.cause,
      name: this.names.get(start.id) ?? null,
      untilMs: computedUntilMs,
    }));
  }

  /** Scene and all inputs of the branch at hand: enough to compute it again elsewhere. */
  get inputs(): readonly TimedInput[] {
    return this.here.branch.start.inputs;
  }

  stepEvents(count: number): void {
    this.here.stepEvents(count);
  }

  stepBeat(direction: 1 | -1, limitMs?: number, kinds?: readonly BeatKind[]): Beat | null {
    return this.here.stepBeat(direction, limitMs, kinds);
  }

  stepDelivery(direction: 1 | -1, limitMs?: number): RecordedNote | null {
    return this.here.stepDelivery(direction, limitMs);
  }

  seekTime(atMs: number): void {
    this.here.seekTime(atMs);
  }

  seekStep(step: number): void {
    this.here.seekStep(step);
  }

  act(input: Input): void {
    const { here } = this;
    const { start } = here.branch;
    const { atMs } = here.cursor;
    const before = withoutInputs(here.world, this.givenHere(start, here.world, atMs));
    const whenMs = inputTimeMs(before, atMs);
    const world = act(before, input, atMs);
    this.givenAt.set(input, before.steps);
    // What the scene has in store still comes; what a hand did later belongs to the other future.
    const inStore = inputsInStore(before);
    const kept = start.inputs.filter((one) => one.atMs <= before.nowMs || inStore.has(one.input));
    const inputs = inOrder([...kept, { atMs: whenMs, input }]);
    // At the edge nothing that has been seen is lost, so the line goes on; else it is a new one.
    const next = here.isAtEdge
      ? { ...start, inputs }
      : this.newStart(atMs, { way: 'done', input }, inputs);
    this.goTo(here.branch.fork(next, before.steps, world));
    this.seekTime(whenMs);
  }

  /**
   * What a hand gave this very world before, and which has not come: of another future.
   */
  private givenHere({ inputs }: BranchStart, { steps }: World, atMs: number): ReadonlySet<Input> {
    const isHere = (one: TimedInput) => one.atMs > atMs && this.givenAt.get(one.input) === steps;
    return new Set(inputs.filter(isHere).map(({ input }) => input));
  }

  whatIf(atMs: number, input: Input): number {
    const past = new Playhead(this.here.branch);
    past.seekTime(Math.max(0, atMs - 0.5));
    const before = past.world;
    const { start } = past.branch;
    const whenMs = inputTimeMs(before, past.cursor.atMs);
    const inStore = inputsInStore(before);
    const later = start.inputs.filter((one) => one.atMs > before.nowMs && !inStore.has(one.input));
    const first = act(before, input, whenMs);
    const world = later.reduce((w, one) => act(w, one.input, one.atMs), first);
    const rest = start.inputs.filter((one) => !later.includes(one));
    const inputs = inOrder([...rest, { atMs: whenMs, input }, ...later]);
    const next = this.newStart(whenMs, { way: 'whatIf', input }, inputs);
    this.all.set(next.id, past.branch.fork(next, before.steps, world));
    return next.id;
  }

  without(index: number): number {
    const { branch } = this.here;
    const gone = branch.start.inputs[index];
    if (!gone) throw new Error(`nothing was done as number ${index}`);
    const rest = branch.start.inputs.filter((one) => one !== gone);
    const past = new Playhead(branch);
    past.seekTime(Math.max(0, gone.atMs - 0.5));
    const next = this.newStart(gone.atMs, { way: 'without', input: gone.input }, rest);
    const inStore = inputsInStore(past.world);
    if (inStore.has(gone.input)) {
      // It was in store from the beginning: so the run is made anew.
      this.all.set(next.id, new Branch(next, createWorld({ ...this.scene, inputs: rest })));
      return next.id;
    }
    const later = rest.filter((one) => one.atMs > past.world.nowMs && !inStore.has(one.input));
    const world = later.reduce((w, one) => act(w, one.input, one.atMs), past.world);
    this.all.set(next.id, past.branch.fork(next, past.world.steps, world));
    return next.id;
  }

  switchBranch(id: number): void {
    const { atMs } = this.cursor;
    this.goTo(this.branchOf(id));
    this.seekTime(atMs);
  }

  playheadOn(id: number): Playhead {
    return new Playhead(this.branchOf(id));
  }

  scout(): Playhead {
    const { branch, world, cursor } = this.here;
    const scout = new Playhead(branch.fork(branch.start, world.steps, world));
    scout.seekTime(cursor.atMs);
    return scout;
  }

  renameBranch(id: number, name: string): void {
    this.branchOf(id);
    if (name.trim() === '') this.names.delete(id);
    else this.names.set(id, name.trim());
  }

  removeBranch(id: number): void {
    const { parent } = this.branchOf(id).start;
    if (parent === null) throw new Error('the first branch stays');
    if (this.cursor.branch === id) this.switchBranch(parent);
    this.all.delete(id);
    this.names.delete(id);
    for (const branch of this.all.values()) {
      if (branch.start.parent === id) branch.start = { ...branch.start, parent };
    }
  }

  notes(): readonly RecordedNote[] {
    return this.here.notes();
  }

  beats(): readonly Beat[] {
    return this.here.beats();
  }

  messages(fromMs: number, toMs: number, isMeant?: TypeFilter): readonly MessageTrace[] {
    return this.here.messages(fromMs, toMs, isMeant);
  }

  spans(): readonly Span[] {
    return this.here.spans();
  }

  density(bucketMs: number): readonly number[] {
    return this.here.density(bucketMs);
  }

  hash(): string {
    return this.here.hash();
  }

  traceOf(message: number): MessageTrace | null {
    return this.here.traceOf(message);
  }

  accountOf(message: number): MessageAccount | null {
    return this.here.accountOf(message);
  }

  placeOf(actor: Actor): ChartPlace | null {
    return this.here.placeOf(actor);
  }

  private newStart(
    forkedAtMs: number,
    cause: BranchCause,
    inputs: readonly TimedInput[],
  ): BranchStart {
    const id = this.nextBranch++;
    const parent = this.cursor.branch;
    return { id, parent, forkedAtMs, cause, inputs };
  }

  private goTo(branch: Branch): void {
    this.all.set(branch.start.id, branch);
    this.here = new Playhead(branch);
  }

  private branchOf(id: number): Branch {
    const branch = this.all.get(id);
    if (branch) return branch;
    const known = [...this.all.keys()].join(', ');
    throw new Error(`there is no branch ${id}; there are ${known}`);
  }
}

/** What a world has been told to do later: by its scene, or by whoever made its branch. */
function inputsInStore(world: World): ReadonlySet<Input> {
  const inStore = new Set<Input>();
  for (const { what } of world.queue.all()) if (what.target === 'input') inStore.add(what.input);
  return inStore;
}

/** By time; of one millisecond, as they were given. */
function inOrder(inputs: readonly TimedInput[]): TimedInput[] {
  return inputs.toSorted((a, b) => a.atMs - b.atMs);
}
