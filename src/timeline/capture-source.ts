/**
 * A ClusterSource that shows real nodes: a recording, or a run that grows while it is looked at.
 * What is seen went over the bus, was printed or logged; what our machines conclude from it is a
 * guess unless the node wrote it down too. Nobody can change what has happened.
 */
import type { Scene } from '../kernel/scene';
import { DEFAULT_SCENE } from '../kernel/scene';
import { viewOf } from '../kernel/node-view';
import type { ClusterFrame, NodeView } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import type { Divergence } from '../shadow/live-differences';
import type { LiveEvent, LiveStart } from '../shadow/live-events';
import { packRecording } from '../shadow/recording-file';
import type { Actor } from '../kernel/step-record';
import { captureFrame } from './capture-frame';
import { evidenceOf, type Evidence } from './capture-evidence';
import { CaptureHistory } from './capture-history';
import { CaptureMessages } from './capture-messages';
import { frameOfMessage } from './capture-notes';
import { partsOfRun } from './capture-parts';
import { firstOrder, withoutNewcomers, type FirstOrder } from './first-order';
import { FirstWhole } from './first-whole';
import { OnePast } from './one-past';
import type {
  Beat,
  BeatKind,
  BranchSight,
  ChartPlace,
  ClusterSource,
  Cursor,
  MessageAccount,
  MessageTrace,
  Span,
  TypeFilter,
} from './cluster-source';

export class CaptureSource extends OnePast implements ClusterSource, BranchSight {
  readonly capabilities = { rewind: true, act: false, hash: false } as const;
  readonly searchLimitMs = 0;
  readonly history: CaptureHistory;
  private readonly messageBook: CaptureMessages;
  private index = 0;
  private atMs: number;
  private picture: ClusterFrame | null = null;
  private pictureVersion = -1;
  private order: FirstOrder | null = null;
  private readonly whole = new FirstWhole(() => this.history);

  constructor(history: CaptureHistory, messages = new CaptureMessages(history)) {
    super();
    this.history = history;
    this.messageBook = messages;
    this.atMs = history.run.start.knownFromMs;
  }

  /** A run that begins: it is told what happens. */
  static growing(start: LiveStart, mostFrames?: number): CaptureSource {
    return new CaptureSource(new CaptureHistory(start, mostFrames));
  }

  get start(): LiveStart {
    return this.history.run.start;
  }

  get startsAtUnixMs(): number {
    return this.start.epochMs + (this.start.zoneMs ?? 0);
  }

  get knownFromMs(): number {
    return this.history.run.knownFromMs;
  }

  /** Grows with everything that is told. */
  get version(): number {
    return this.history.run.version;
  }

  get computedUntilMs(): number {
    return this.history.run.livedUntilMs;
  }

  /** Tells what happened. */
  tell(events: readonly LiveEvent[]): void {
    this.history.run.take(events);
    this.forget();
  }

  /** It is that time, as far as whoever tells knows: what happened before has been told. */
  reach(nowMs: number): void {
    this.history.run.reach(nowMs);
    this.forget();
  }

  /** Nothing more will be told. */
  finish(endMs?: number): void {
    this.history.run.finish(endMs);
  }

  /** All that is kept, as one file that opens without a bridge. */
  save(name: string, rest: () => Promise<void>): Promise<Uint8Array> {
    return packRecording(partsOfRun(this.history.run, name), rest);
  }

  divergences(): readonly Divergence[] {
    return this.history.run.shadow.differences.divergences;
  }
  /** Whether what a note tells was seen, written down by the node itself, or concluded. */
  evidenceOf(note: RecordedNote): Evidence {
    return evidenceOf(note, this.history);
  }

  get scene(): Scene {
    const { names, masters } = this.firstOrder;
    const { nodeTimeoutMs } = this.history.run.start;
    return {
      ...DEFAULT_SCENE,
      ...{ masters, replicasPerMaster: Math.round(names.length / masters) - 1 },
      ...{ ports: names.map(Number), nodeTimeoutMs, start: 'empty', seed: 0 },
    };
  }

  get cursor(): Cursor {
    return { branch: 0, step: this.step, atMs: this.atMs };
  }

  get frame(): ClusterFrame {
    // At the edge a moment may still be filled.
    const isNew = this.pictureVersion !== this.version && this.index === this.stops.length - 1;
    if (this.picture?.atMs !== this.atMs || isNew)
      this.picture = this.frameAt(this.step, this.atMs);
    this.pictureVersion = this.version;
    return this.picture;
  }

  previousFrame(): ClusterFrame | null {
    if (this.index === 0) return null;
    const { step, atMs } = this.stops.at(this.index - 1);
    return this.frameAt(step, atMs);
  }

  stepEvents(count: number): void {
    this.standAt(this.index + count);
  }

  stepBeat(direction: 1 | -1, _limitMs?: number, kinds?: readonly BeatKind[]): Beat | null {
    return this.stepAmong(
      this.history.beats,
      direction,
      ({ kind }) => kinds?.includes(kind) ?? true,
    );
  }

  stepDelivery(direction: 1 | -1): RecordedNote | null {
    return this.stepAmong(this.history.notes, direction, ({ event }) => event === 'received');
  }

  private stepAmong<T extends { readonly step: number }>(
    list: readonly T[],
    direction: 1 | -1,
    isMeant: (one: T) => boolean,
  ): T | null {
    const here = this.step;
    const found =
      direction === 1
        ? list.find((one) => one.step > here && isMeant(one))
        : list.findLast((one) => one.step < here && isMeant(one));
    if (found) this.seekStep(found.step);
    else if (direction === -1) this.standAt(0);
    return found ?? null;
  }

  seekTime(atMs: number): void {
    const { index, fromMs } = this.whole;
    this.atMs = Math.min(Math.max(fromMs, atMs), this.computedUntilMs);
    this.index = Math.max(index, this.stops.indexAtTime(this.atMs));
    this.picture = null;
  }

  seekStep(step: number): void {
    this.standAt(this.stops.indexAtStep(step));
  }

  neighbourMs(direction: 1 | -1): number | null {
    const { stops } = this;
    const last = stops.indexAtTime(this.atMs);
    if (direction === 1) return last + 1 < stops.length ? stops.at(last + 1).atMs : null;
    const here = last < 0 ? null : stops.at(last).atMs;
    if (here === null || here < this.atMs) return here;
    let before = last;
    while (before >= 0 && stops.at(before).atMs >= here) before--;
    return before < 0 ? null : stops.at(before).atMs;
  }

  notes = (): readonly RecordedNote[] => this.history.notes;
  beats = (): readonly Beat[] => this.history.beats;
  spans = (): readonly Span[] => this.history.spans;

  messages(fromMs: number, toMs: number, isMeant?: TypeFilter): readonly MessageTrace[] {
    return this.messageBook.between(fromMs, toMs, isMeant);
  }

  density(bucketMs: number): readonly number[] {
    return this.messageBook.density(bucketMs);
  }

  traceOf(message: number): MessageTrace | null {
    return this.messageBook.traceOf(message);
  }

  /** The bytes of a message as they travelled; null: they are not kept. */
  bytesOf(message: number): Uint8Array | null {
    const { store } = this.history.run;
    const frame = frameOfMessage(message);
    return store.at(frame) ? store.bytesOf(frame) : null;
  }

  accountOf(id: number): MessageAccount | null {
    const { history } = this;
    const { store } = history.run;
    const number = frameOfMessage(id);
    const frame = store.at(number);
    const message = frame && store.messageOf(number);
    if (!frame || !message) return null;
    const read = history.reads.get(id) ?? null;
    const view = (step: number): NodeView | null => this.viewAt(step, history.nameOf(frame.to));
    return {
      message,
      previous: this.saidBefore(number, frame.from),
      names: history.nameById,
      sentStep: history.sends.get(id) ?? 0,
      receivedStep: read?.step ?? null,
      receivedAtMs: read?.atMs ?? null,
      // A real node drew; nobody saw how.
      choice: null,
      before: read && view(read.step - 1),
      after: read && view(read.step),
    };
  }

  placeOf(actor: Actor): ChartPlace | null {
    if (actor.kind !== 'node') return null;
    const snapshot = this.history.snapshotOf(actor.name, this.step);
    return snapshot ? { value: snapshot.value, last: null } : null;
  }

  playheadOn(): CaptureSource {
    return new CaptureSource(this.history, this.messageBook);
  }

  private get stops() {
    return this.history.stops;
  }

  private get step(): number {
    return this.stops.at(Math.min(this.index, this.stops.length - 1)).step;
  }

  /** Known for good once every node has been seen. */
  private get firstOrder(): FirstOrder {
    if (this.order) return this.order;
    const { history } = this;
    const [then, now] = [this.whole.firstOkStep ?? history.lastStep, history.lastStep];
    const snapshots = withoutNewcomers(history.snapshotsAt(then), history.snapshotsAt(now));
    const order = firstOrder(history, snapshots);
    if (snapshots.every((one) => one !== null)) this.order = order;
    return order;
  }

  private frameAt(step: number, atMs: number): ClusterFrame {
    return captureFrame(this.history, this.messageBook, this.firstOrder, { step, atMs });
  }

  private viewAt(step: number, name: NodeName): NodeView | null {
    const snapshot = this.history.snapshotOf(name, step);
    return snapshot ? viewOf(snapshot, this.history.nameById) : null;
  }

  private saidBefore(number: number, from: number): MessageAccount['previous'] {
    const { store } = this.history.run;
    for (let before = number - 1; before >= store.first; before--) {
      if (store.at(before)!.from === from) return store.messageOf(before);
    }
    return null;
  }

  private forget(): void {
    const { history } = this;
    if (history.run.store.first === 0) return;
    history.forget();
    if (this.atMs < this.knownFromMs) this.seekTime(this.knownFromMs);
    else this.index = Math.max(0, this.stops.indexAtTime(this.atMs));
  }

  private standAt(index: number): void {
    this.index = Math.min(Math.max(this.whole.index, index), this.stops.length - 1);
    this.atMs = Math.max(this.knownFromMs, this.stops.at(this.index).atMs);
    this.picture = null;
  }
}
