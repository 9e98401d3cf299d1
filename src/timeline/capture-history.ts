/**
 * A run of real nodes as a line of history: what happened in which step, and where our machines
 * beside the nodes stood after it. Some of these places are kept; the others are reached from there
 * again by what the machines were told.
 */
import { observeElections } from '../kernel/elections';
import type { NameById } from '../kernel/node-view';
import type { FrameElection } from '../protocol/cluster-frame';
import { LONG_AGO_MS } from '../protocol/failover-state';
import type { NodeName } from '../protocol/ids';
import type { NodeSnapshot } from '../protocol/node.machine';
import type { Note, RecordedNote } from '../protocol/notes';
import { applyOp } from '../shadow/live-ops';
import type { LiveFault, LiveStart } from '../shadow/live-events';
import { LiveRun } from '../shadow/live-run';
import type { Listener, LiveStep } from '../shadow/live-shadow';
import { beatsOf, isVisible } from './beats';
import { notesOfCause, type MessageContents } from './capture-notes';
import type { Beat, Span } from './cluster-source';
import { Repetition } from './repetition';
import { SteppedList } from './stepped-list';
import { withNote } from './spans';

/** So many steps lie between two places that are kept: a seek lives through at most that many. */
const KEPT_EVERY = 48;
/** Places that were reached are remembered: the next look is most often near the last. */
const RECENT = 192;

export type Snapshots = readonly (NodeSnapshot | null)[];

export class CaptureHistory implements Listener {
  readonly run: LiveRun;
  readonly names: readonly NodeName[];
  notes: RecordedNote[] = [];
  beats: Beat[] = [];
  spans: readonly Span[] = [];
  /** Steps worth stopping at. */
  readonly stops = new SteppedList<null>();
  readonly elections = new SteppedList<readonly FrameElection[]>([]);
  readonly faults = new SteppedList<readonly LiveFault[]>([]);
  readonly processes = new SteppedList<ReadonlyMap<NodeName, number>>(new Map());
  /** When each message was read: its number to the step and the time. */
  readonly reads = new Map<number, { readonly step: number; readonly atMs: number }>();
  readonly sends = new Map<number, number>();
  /** Nodes that were new when they were first seen. */
  readonly seenFromStart = new Set<NodeName>();
  /** The step in which each node was first heard. */
  readonly firstSaid = new Map<NodeName, number>();
  readonly contents = new Map<number, MessageContents>();
  /** Steps whose decisions the real node wrote down too. */
  readonly confirmed = new Set<number>();
  nameById: NameById;
  private steps: LiveStep[] = [];
  /** The number of the first step that is kept. */
  firstStep = 1;
  private kept: { readonly step: number; readonly snapshots: Snapshots }[] = [];
  private readonly recent = new Map<number, Snapshots>();
  private head: (NodeSnapshot | null)[];
  private readonly repetition = new Repetition();

  constructor(start: LiveStart, mostFrames?: number) {
    this.names = start.nodes.map(({ port }) => String(port));
    this.nameById = new Map(start.nodes.map(({ id, port }) => [id, String(port)]));
    this.head = start.nodes.map(() => null);
    this.kept.push({ step: 0, snapshots: [...this.head] });
    this.stops.push(0, start.knownFromMs, null);
    this.run = new LiveRun(start, this, mostFrames);
  }

  /** The number of the newest step. */
  get lastStep(): number {
    return this.firstStep + this.steps.length - 1;
  }

  step(step: LiveStep): number {
    this.steps.push(step);
    const number = this.lastStep;
    const { node, atMs } = step;
    if (node !== null) {
      this.head[this.placeOf(node)] = this.run.shadow.of(node)?.snapshot ?? null;
      this.learnName(node);
      if (step.begins && step.begins.context.firstUpdateMs !== LONG_AGO_MS) {
        this.seenFromStart.add(this.nameOf(node));
      }
    }
    const all = [...notesOfCause(this, step, number), ...step.notes];
    this.follow(step, number, all);
    if (number % KEPT_EVERY === 0) this.kept.push({ step: number, snapshots: [...this.head] });
    const notes = all.map((note): RecordedNote => ({ ...note, atMs, step: number }));
    if (notes.length > 0) this.tell(notes, number, atMs);
    return number;
  }

  /** A fault that was there once. */
  faultOf(number: number): LiveFault | null {
    for (let index = this.faults.length - 1; index >= 0; index--) {
      const found = this.faults.at(index).value.find(({ fault }) => fault === number);
      if (found) return found;
    }
    return null;
  }

  confirm(step: number): void {
    this.confirmed.add(step);
  }

  /** Where the machines stood after a step. */
  snapshotsAt(step: number): Snapshots {
    if (step >= this.lastStep) return this.head;
    const known = this.recent.get(step);
    if (known) return known;
    const { from, snapshots } = this.nearest(step);
    const now = [...snapshots];
    for (let number = from + 1; number <= step; number++) this.relive(now, number);
    this.keepRecent(step, now);
    return now;
  }

  snapshotOf(name: NodeName, step: number): NodeSnapshot | null {
    return this.snapshotsAt(step)[this.names.indexOf(name)] ?? null;
  }

  stepAt(step: number): LiveStep | null {
    return this.steps[step - this.firstStep] ?? null;
  }

  /** What lies before the run is known goes. */
  forget(): void {
    const { knownFromMs } = this.run;
    const first = this.kept.findLast(({ step }) => (this.stepAt(step)?.atMs ?? 0) <= knownFromMs);
    if (!first || first.step <= this.firstStep) return;
    this.steps.splice(0, first.step - this.firstStep + 1);
    this.firstStep = first.step + 1;
    this.kept = this.kept.filter(({ step }) => step >= first.step);
    this.notes = this.notes.filter(({ step }) => step >= this.firstStep);
    this.beats = this.beats.filter(({ step }) => step >= this.firstStep);
    this.spans = this.spans.filter(({ untilMs }) => untilMs === null || untilMs >= knownFromMs);
    for (const list of [this.stops, this.elections, this.faults, this.processes]) {
      list.forget(first.step);
    }
    for (const known of [this.reads, this.sends, this.contents]) {
      for (const message of known.keys()) {
        if (message > this.run.store.first) break;
        known.delete(message);
      }
    }
    for (const step of this.confirmed) if (step < this.firstStep) this.confirmed.delete(step);
    this.recent.clear();
  }

  private nearest(step: number): { from: number; snapshots: Snapshots } {
    let low = 0;
    let high = this.kept.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.kept[middle]!.step <= step) low = middle;
      else high = middle - 1;
    }
    const kept = this.kept[low]!;
    for (let at = step; at > kept.step; at--) {
      const snapshots = this.recent.get(at);
      if (snapshots) return { from: at, snapshots };
    }
    return { from: kept.step, snapshots: kept.snapshots };
  }

  /** Tells a machine again what it was told. */
  private relive(snapshots: (NodeSnapshot | null)[], number: number): void {
    const { node, atMs, ops, begins } = this.stepAt(number)!;
    if (node === null || (ops.length === 0 && !begins)) return;
    const place = this.placeOf(node);
    let snapshot = begins ?? snapshots[place]!;
    for (const op of ops) {
      [snapshot] = applyOp(snapshot, op, Math.floor(atMs), (frame) =>
        this.run.store.messageOf(frame),
      );
    }
    snapshots[place] = snapshot;
  }

  private keepRecent(step: number, snapshots: Snapshots): void {
    this.recent.set(step, snapshots);
    if (this.recent.size > RECENT) this.recent.delete(this.recent.keys().next().value!);
  }

  /** What an observer of all nodes keeps in mind. */
  private follow({ atMs, cause }: LiveStep, number: number, notes: readonly Note[]): void {
    const before = this.elections.last;
    const nodes = { get: (name: NodeName) => this.head[this.names.indexOf(name)] ?? undefined };
    const names = this.names.filter((_, place) => this.head[place]);
    const elections = observeElections({ elections: before, nowMs: atMs, names, nodes }, notes);
    if (elections !== before) this.elections.push(number, atMs, elections);
    for (const note of notes) {
      if (note.event === 'sent' && !this.firstSaid.has(note.from)) {
        this.firstSaid.set(note.from, number);
      }
      if (note.event !== 'process') continue;
      this.processes.push(number, atMs, new Map(this.processes.last).set(note.node, atMs));
    }
    if (cause?.type === 'fault' && cause.fault.mode !== 'reset') {
      this.faults.push(number, atMs, [...this.faults.last, cause.fault]);
    } else if (cause?.type === 'heal') {
      const left = this.faults.last.filter(({ fault }) => fault !== cause.fault);
      this.faults.push(number, atMs, left);
    }
  }

  private tell(notes: readonly RecordedNote[], number: number, atMs: number): void {
    this.beats.push(...beatsOf(notes, this.spans, this.repetition));
    for (const note of notes) {
      this.notes.push(note);
      this.spans = withNote(this.spans, note);
    }
    if (isVisible(notes)) this.stops.push(number, atMs, null);
  }

  private learnName(node: number): void {
    const place = this.placeOf(node);
    const id = this.head[place]?.context.myId;
    if (id === undefined || this.nameById.has(id)) return;
    this.nameById = new Map(this.nameById).set(id, this.names[place]!);
  }

  /** The name of the recorder's number of a node. */
  nameOf(node: number): NodeName {
    return this.names[this.placeOf(node)] ?? String(node);
  }

  /** The recorder's number of a node. */
  numberOf(name: NodeName): number {
    return this.run.start.nodes[this.names.indexOf(name)]!.number;
  }

  private placeOf(node: number): number {
    return this.run.start.nodes.findIndex(({ number }) => number === node);
  }
}
