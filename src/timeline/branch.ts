/**
 * One line of history: worlds to go back to, and what the page needs to know of every step. What a
 * step did is computed again when it is asked for; nothing is kept that the worlds can tell.
 */
import { rumoursOf } from '../kernel/frame-of-world';
import type { TimedInput } from '../kernel/inputs';
import { namesById, type NameById } from '../kernel/node-view';
import { nextEvent, step, type StepRecord } from '../kernel/step';
import type { World } from '../kernel/world';
import type { Envelope } from '../protocol/bus-state';
import { subjectOf } from '../protocol/effects';
import type { Note, RecordedNote } from '../protocol/notes';
import { beatsOf, isVisible } from './beats';
import type {
  Beat,
  BranchCause,
  MessageTrace,
  RecordedMove,
  Span,
  TypeFilter,
} from './cluster-source';
import { KeptWorlds } from './kept-worlds';
import { MessageLog, isHeartbeat } from './message-log';
import { Repetition } from './repetition';
import { withNote } from './spans';
import { Stops } from './stops';

/** In a cluster of more nodes heartbeats are nearly all there is, thousands a second: no news. */
const NOTED_NODES = 16;
/** What takes as long as so many other steps. */
const OPERATOR_EFFORT = 16;

export interface BranchStart {
  readonly id: number;
  readonly parent: number | null;
  readonly forkedAtMs: number;
  readonly cause: BranchCause | null;
  readonly inputs: readonly TimedInput[];
}

export class Branch {
  start: BranchStart;
  computedUntilMs = 0;
  /** In a crowd without the coming and going of heartbeats, which the message log knows. */
  notes: RecordedNote[] = [];
  beats: Beat[] = [];
  messageLog = new MessageLog();
  /** Changes of state of every statechart, oldest first. */
  moves: RecordedMove[] = [];
  /** Steps worth stopping at, with their times; the first is the beginning itself. */
  stops = new Stops();
  spans: readonly Span[] = [];
  private head: World;
  private readonly lines = new Map<string, string>();
  private readonly repetition = new Repetition();
  private readonly worlds: KeptWorlds;
  private nameById: NameById;

  constructor(start: BranchStart, world: World, worlds = new KeptWorlds(world)) {
    this.start = start;
    this.head = worlds.first;
    this.worlds = worlds;
    this.nameById = namesOf(world);
  }

  /** A new branch that shares this one's past up to `atStep`, then goes on from `world`. */
  fork(start: BranchStart, atStep: number, world: World): Branch {
    const branch = new Branch(start, world, this.worlds.fork(world));
    branch.messageLog = this.messageLog.until(atStep);
    branch.stops = this.stops.until(atStep);
    branch.moves = this.moves.filter((move) => move.step <= atStep);
    for (const note of this.notes) {
      if (note.step > atStep) break;
      branch.notes.push(note);
      branch.spans = withNote(branch.spans, note);
      branch.repetition.hears(note, note.atMs);
    }
    branch.beats = this.beats.filter((beat) => beat.step <= atStep);
    for (const { what } of world.queue.all()) {
      if (what.target !== 'bus' || what.event.type !== 'ARRIVE') continue;
      // It may have been made late after the fork.
      const { arrival } = what.event;
      if (arrival.type === 'envelope') branch.addMessage(arrival.envelope, atStep);
    }
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
    const { heldBack } = this.head.bus.context;
    if (world.names !== this.head.names) this.nameById = namesOf(world);
    this.head = world;
    this.remember(record);
    if (heldBack.length > 0) this.letGo(heldBack, record);
    this.head = this.worlds.add(world, effortOf(record));
  }

  /** What was kept back and is no longer comes now, not when it would have come. */
  private letGo(before: readonly Envelope[], { step: number, atMs }: StepRecord): void {
    const { heldBack } = this.head.bus.context;
    if (heldBack === before) return;
    const kept = new Set(heldBack.map(({ id }) => id));
    for (const { id } of before) if (!kept.has(id)) this.messageLog.arrivesAt(id, atMs, number);
  }

  private remember({ step: number, atMs, cause, notes, sent, moves }: StepRecord): void {
    for (const envelope of sent) this.addMessage(envelope, number);
    for (const move of moves) this.moves.push({ ...move, step: number, atMs });
    for (const note of notes) {
      if (note.event === 'received') this.messageLog.end(note.message, 'delivered', number, atMs);
      if (note.event === 'lost') this.messageLog.end(note.message, 'lost', number, atMs);
    }
    const told = this.head.names.length > NOTED_NODES ? notes.filter(isNews) : notes;
    if (told.length > 0) this.tell(told.map((note) => this.recorded(note, atMs, number)));
    // What somebody did is a place to stand, also where nothing shows it but what comes of it.
    if (cause.target === 'input' || isVisible(notes)) this.stops.push(number, atMs);
  }

  /** The same lines are logged thousands of times: each is kept once. */
  private recorded(note: Note, atMs: number, number: number): RecordedNote {
    if (note.event !== 'log') return { ...note, atMs, step: number };
    const { event, node, level } = note;
    const text = this.lines.get(note.text) ?? note.text;
    this.lines.set(text, text);
    return { event, node, level, text, atMs, step: number };
  }

  private tell(notes: readonly RecordedNote[]): void {
    this.beats.push(...beatsOf(notes, this.spans, this.repetition));
    for (const note of notes) {
      this.notes.push(note);
      this.spans = withNote(this.spans, note);
    }
  }

  private addMessage(envelope: Envelope, number: number): void {
    const { id, from, to, payload, sentAtMs, deliverAtMs } = envelope;
    if (payload.channel !== 'bus') return;
    const { message } = payload;
    const about = subjectOf(message);
    this.messageLog.add({
      id,
      type: message.type,
      from,
      to,
      sentAtMs,
      deliverAtMs,
      rumours: rumoursOf(message, this.nameById),
      about: about ? (this.nameById.get(about) ?? null) : null,
      epoch: message.currentEpoch,
      step: number,
    });
  }

  /** The world right after kernel step `steps`; throws if that is not computed yet. */
  worldAt(steps: number): World {
    if (steps === this.head.steps) return this.head;
    if (steps > this.head.steps) throw new Error(`step ${steps} is not computed yet`);
    return this.worlds.at(steps);
  }

  /** Messages on their way within a stretch of time, with their fate as far as it is known. */
  messages(fromMs: number, toMs: number, isMeant?: TypeFilter): MessageTrace[] {
    return this.asTheyStand(this.messageLog.between(fromMs, toMs, isMeant));
  }

  /** A message, whatever became of it; null: there is none of this number. */
  traceOf(message: number): MessageTrace | null {
    const trace = this.messageLog.traceOf(message);
    return trace && this.asTheyStand([trace])[0]!;
  }

  private asTheyStand(traces: MessageTrace[]): MessageTrace[] {
    const { heldBack, unread } = this.head.bus.context;
    const waiting = Object.values(unread).flat();
    if (heldBack.length + waiting.length === 0) return traces;
    const held = new Set(heldBack.map((envelope) => envelope.id));
    const atSocket = new Set(
      waiting.map((arrival) => (arrival.type === 'envelope' ? arrival.envelope.id : -1)),
    );
    return traces.map((trace) => {
      if (held.has(trace.id)) return { ...trace, fate: 'held' as const };
      return atSocket.has(trace.id) ? { ...trace, fate: 'unread' as const } : trace;
    });
  }
}

/** redis-cli reads the tables of all nodes, line by line. */
const effortOf = ({ cause }: StepRecord): number =>
  cause.target === 'operator' ? OPERATOR_EFFORT : 1;

const isNews = (note: Note): boolean => !isHeartbeat(note);

const namesOf = (world: World): NameById => namesById(world, world.names);
