/**
 * One line of history: kept worlds, and what the page needs to know of every step.
 * A world is kept every so often; one in between is the step function run again from there.
 */
import { rumoursOf } from '../kernel/frame-of-world';
import type { TimedInput } from '../kernel/inputs';
import { nextEvent, step, type StepRecord } from '../kernel/step';
import type { World } from '../kernel/world';
import type { Envelope } from '../protocol/bus-state';
import { subjectOf } from '../protocol/effects';
import type { NodeId, NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import { beatsOf, isVisible } from './beats';
import type { Beat, MessageTrace, RecordedMove, Span } from './cluster-source';
import { Repetition } from './repetition';
import { withNote } from './spans';

/** Steps between kept worlds: a seek runs at most this many. */
const KEEP_EVERY = 128;
/** Worlds near the cursor are kept as well, for going back and forth. */
const RECENT_WORLDS = 256;

export interface BranchStart {
  readonly id: number;
  readonly parent: number | null;
  readonly forkedAtMs: number;
  readonly cause: string;
  readonly inputs: readonly TimedInput[];
}

export class Branch {
  start: BranchStart;
  computedUntilMs = 0;
  readonly notes: RecordedNote[] = [];
  readonly beats: Beat[] = [];
  readonly traces: MessageTrace[] = [];
  /** Changes of state of every statechart, oldest first. */
  readonly moves: RecordedMove[] = [];
  /** Steps worth stopping at, with their times; the first is the beginning itself. */
  readonly visible: { readonly step: number; readonly atMs: number }[] = [{ step: 0, atMs: 0 }];
  spans: readonly Span[] = [];
  private head: World;
  private readonly records: StepRecord[] = [];
  private readonly repetition = new Repetition();
  private readonly kept = new Map<number, World>();
  private readonly recent = new Map<number, World>();
  private readonly traceIndex = new Map<number, number>();
  private nameById: ReadonlyMap<NodeId, NodeName>;

  constructor(start: BranchStart, world: World) {
    this.start = start;
    this.head = world;
    this.kept.set(world.steps, world);
    this.nameById = namesOf(world);
  }

  /** A new branch that shares this one's past up to `atStep`, then goes on from `world`. */
  fork(start: BranchStart, atStep: number, world: World): Branch {
    const branch = new Branch(start, world);
    for (const record of this.records.slice(0, atStep)) branch.remember(record);
    for (const [steps, kept] of this.kept) if (steps < atStep) branch.kept.set(steps, kept);
    branch.computedUntilMs = world.nowMs;
    return branch;
  }

  /** Computes on until nothing at or before `untilMs` is missing. */
  computeUntil(untilMs: number): void {
    for (
      let next = nextEvent(this.head);
      next && next.atMs <= untilMs;
      next = nextEvent(this.head)
    ) {
      this.computeStep();
    }
    this.computedUntilMs = Math.max(this.computedUntilMs, untilMs);
  }

  /** Computes until `found` holds of a step, or `limitMs` of virtual time have passed. */
  computeWhile(missing: () => boolean, limitMs: number): void {
    const untilMs = this.computedUntilMs + limitMs;
    while (missing()) {
      const next = nextEvent(this.head);
      if (!next || next.atMs > untilMs) return this.computeUntil(untilMs);
      this.computeStep();
      this.computedUntilMs = Math.max(this.computedUntilMs, next.atMs);
    }
  }

  private computeStep(): void {
    const [world, record] = step(this.head)!;
    if (world.names !== this.head.names) this.nameById = namesOf(world);
    this.head = world;
    this.remember(record);
    this.keep(world);
  }

  private keep(world: World): void {
    if (world.steps % KEEP_EVERY === 0) this.kept.set(world.steps, world);
    this.recent.set(world.steps, world);
    if (this.recent.size > RECENT_WORLDS) this.recent.delete(this.recent.keys().next().value!);
  }

  private remember(record: StepRecord): void {
    this.records.push(record);
    const notes = record.notes.map((note) => ({ ...note, atMs: record.atMs, step: record.step }));
    this.beats.push(...beatsOf(notes, this.spans, this.repetition));
    for (const envelope of record.sent) this.addTrace(envelope);
    const { step: number, atMs } = record;
    for (const move of record.moves) this.moves.push({ ...move, step: number, atMs });
    for (const note of notes) {
      this.notes.push(note);
      this.spans = withNote(this.spans, note);
      if (note.event === 'received') this.endTrace(note.message, 'delivered');
      if (note.event === 'lost') this.endTrace(note.message, 'lost');
    }
    if (isVisible(record.notes)) this.visible.push({ step: record.step, atMs: record.atMs });
  }

  private addTrace({ id, from, to, payload, sentAtMs, deliverAtMs }: Envelope): void {
    if (payload.channel !== 'bus') return;
    const known = this.traceIndex.get(id);
    if (known !== undefined) {
      // It was made late.
      this.traces[known] = { ...this.traces[known]!, deliverAtMs };
      return;
    }
    const { message } = payload;
    const about = subjectOf(message);
    this.traceIndex.set(id, this.traces.length);
    this.traces.push({
      id,
      type: message.type,
      from,
      to,
      sentAtMs,
      deliverAtMs,
      fate: 'flying',
      rumours: rumoursOf(message, this.nameById),
      about: about ? (this.nameById.get(about) ?? null) : null,
      epoch: message.currentEpoch,
    });
  }

  private endTrace(id: number, fate: 'delivered' | 'lost'): void {
    const index = this.traceIndex.get(id);
    if (index !== undefined) this.traces[index] = { ...this.traces[index]!, fate };
  }

  /** The world right after kernel step `steps`; throws if that is not computed yet. */
  worldAt(steps: number): World {
    const known = this.kept.get(steps) ?? this.recent.get(steps);
    if (known) return known;
    if (steps > this.head.steps) throw new Error(`step ${steps} is not computed yet`);
    let world = this.nearestBefore(steps);
    while (world.steps < steps) {
      world = step(world)![0];
      // The way there is kept too: the next look is most often one step back.
      this.keep(world);
    }
    return world;
  }

  private nearestBefore(steps: number): World {
    for (let at = steps; at > 0; at--) {
      const world = this.recent.get(at) ?? this.kept.get(at);
      if (world) return world;
    }
    return this.kept.get(0)!;
  }

  /** Messages on their way within a stretch of time, with their fate as far as it is known. */
  messages(fromMs: number, toMs: number): MessageTrace[] {
    const { heldBack, unread } = this.head.bus.context;
    const held = new Set(heldBack.map((envelope) => envelope.id));
    const waiting = new Set(
      Object.values(unread).flatMap((arrivals) =>
        arrivals.map((arrival) => (arrival.type === 'envelope' ? arrival.envelope.id : -1)),
      ),
    );
    return this.traces
      .filter((trace) => trace.sentAtMs <= toMs && trace.deliverAtMs >= fromMs)
      .map((trace) => {
        if (held.has(trace.id)) return { ...trace, fate: 'held' as const };
        return waiting.has(trace.id) ? { ...trace, fate: 'unread' as const } : trace;
      });
  }
}

const namesOf = ({ nodes }: World): ReadonlyMap<NodeId, NodeName> =>
  new Map([...nodes].map(([name, { context }]) => [context.myId, name]));
