/**
 * Everything that happened, in order, for as long as it is remembered: the last minute, or all of
 * it while a recording runs. Pages read from here at their own pace; a recording is cut from it.
 */
import { FrameCutter } from '../wire';
import type { CutFrame, ServerMessage, ServerMessageOf, WireFrame } from '../wire';

/** `bytes`: what it takes in memory; `savedBytes`: what it takes in a file. */
export type Entry = Readonly<{
  sequence: number;
  atMs: number;
  bytes: number;
  savedBytes: number;
}> &
  (
    | { readonly type: 'frame'; readonly frame: CutFrame }
    | { readonly type: 'text'; readonly message: ServerMessage; readonly text: string }
  );

export interface JournalLimits {
  readonly keptMs: number;
  /** Of the last minute. A storm of messages is remembered for less time. */
  readonly keptBytes: number;
  /** Of a recording, as it is saved; beyond that it ends by itself. */
  readonly recordedBytes: number;
}
const LIMITS: JournalLimits = {
  keptMs: 60_000,
  keptBytes: 67_108_864,
  recordedBytes: 536_870_912,
};

/** What an entry takes besides its bytes: the objects that hold it. */
const FRAME_ENTRY_BYTES = 400;
const TEXT_ENTRY_BYTES = 200;
/** What is read from a text takes about as much again. */
const TEXT_AND_VALUE = 2;

type View = ServerMessageOf<'view'>;
type Conn = ServerMessageOf<'conn'>;
type Proc = ServerMessageOf<'proc'>;

export class Journal {
  /** Entries before `first` are forgotten; the array is cut now and then. */
  private entries: Entry[] = [];
  private first = 0;
  private nextSequence = 0;
  private nextFrame = 1;
  private heldBytes = 0;
  private savedBytes = 0;
  private readonly cutter = new FrameCutter();
  private recordsFromMs: number | null = null;
  private readonly limits: JournalLimits;
  private readonly forgottenViews = new Map<number, View>();
  private readonly forgottenProcs = new Map<number, Proc>();
  private readonly openWires = new Map<number, Conn[]>();

  constructor(limits: Partial<JournalLimits> = {}) {
    this.limits = { ...LIMITS, ...limits };
  }

  /** Adds what everybody is told. `atMs` is when it is told, which may be after it happened. */
  tell(atMs: number, message: ServerMessage): void {
    const text = JSON.stringify(message);
    const bytes = TEXT_ENTRY_BYTES + text.length * TEXT_AND_VALUE;
    this.add({ type: 'text', message, text, atMs, bytes, savedBytes: text.length });
  }

  /** Adds a frame; returns its number. */
  tellFrame(frame: Omit<WireFrame, 'frame'>): number {
    const number = this.nextFrame++;
    const cut = this.cutter.cut({ ...frame, frame: number });
    const bytes = cut.piece.length + FRAME_ENTRY_BYTES;
    this.add({ type: 'frame', frame: cut, atMs: frame.atMs, bytes, savedBytes: cut.len });
    return number;
  }

  /** The sequence number that the next entry will get. */
  get end(): number {
    return this.nextSequence;
  }
  /** The oldest that is remembered. */
  get begin(): number {
    return this.nextSequence - (this.entries.length - this.first);
  }
  get bytes(): number {
    return this.heldBytes;
  }

  /** The entry of a number between `begin` and `end`. */
  at(sequence: number): Entry {
    return this.entries[this.first + sequence - this.begin]!;
  }

  *from(sequence: number): Generator<Entry> {
    for (let at = Math.max(sequence, this.begin); at < this.end; at++) yield this.at(at);
  }

  /** What was true when the remembered time began: views, processes, connections that were open. */
  standing(): readonly ServerMessage[] {
    const wires = [...this.openWires.values()].flat();
    return [...this.forgottenViews.values(), ...this.forgottenProcs.values(), ...wires];
  }

  /** Since when everything is known, or null if nothing has happened yet. */
  get knownFromMs(): number | null {
    return this.end === this.begin ? null : this.at(this.begin).atMs;
  }

  get recordingSinceMs(): number | null {
    return this.recordsFromMs;
  }
  record(fromMs: number): void {
    this.recordsFromMs ??= fromMs;
  }
  stopRecording(): void {
    this.recordsFromMs = null;
  }

  private add(entry: DistributiveOmit<Entry, 'sequence'>): void {
    this.entries.push({ ...entry, sequence: this.nextSequence++ });
    this.heldBytes += entry.bytes;
    this.savedBytes += entry.savedBytes;
    this.forget(entry.atMs);
  }

  private forget(nowMs: number): void {
    const { keptMs, keptBytes, recordedBytes } = this.limits;
    if (this.recordsFromMs !== null && this.savedBytes > recordedBytes) this.stopRecording();
    while (this.begin < this.end) {
      const entry = this.at(this.begin);
      const isRecorded = this.recordsFromMs !== null && entry.atMs >= this.recordsFromMs;
      const isOld = nowMs - entry.atMs > keptMs || this.heldBytes > keptBytes;
      if (isRecorded || !isOld) break;
      this.first++;
      this.heldBytes -= entry.bytes;
      this.savedBytes -= entry.savedBytes;
      if (entry.type === 'text') this.forgetMessage(entry.message);
    }
    if (this.first > this.entries.length / 2 && this.first > MANY) {
      this.entries = this.entries.slice(this.first);
      this.first = 0;
    }
  }

  /** Of a process only that it is dead or stopped needs to be said. */
  private forgetProc(message: Proc): void {
    if (message.event === 'exit' || message.event === 'stop') {
      this.forgottenProcs.set(message.node, message);
    } else this.forgottenProcs.delete(message.node);
  }

  private forgetMessage(message: ServerMessage): void {
    if (message.t === 'view') this.forgottenViews.set(message.node, message);
    if (message.t === 'proc') this.forgetProc(message);
    if (message.t !== 'conn') return;
    if (message.event === 'close') this.openWires.delete(message.connection);
    else {
      const told = this.openWires.get(message.connection) ?? [];
      this.openWires.set(message.connection, [...told, message]);
    }
  }
}

type DistributiveOmit<T, K extends keyof Entry> = T extends Entry ? Omit<T, K> : never;

const MANY = 1_024;
