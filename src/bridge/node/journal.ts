/**
 * Everything that happened, in order, for as long as it is remembered: the last minute, or all of
 * it while a recording runs. Pages read from here at their own pace; a recording is cut from it.
 */
import { FrameCutter } from '../wire';
import type { CutFrame, ServerMessage, ServerMessageOf, WireFrame } from '../wire';

/** Classes, so that all have one shape: that halves what they take. */
export class FrameEntry {
  readonly type = 'frame';
  readonly atMs: number;
  readonly frame: CutFrame;

  constructor(atMs: number, frame: CutFrame) {
    this.atMs = atMs;
    this.frame = frame;
  }
  /** What it takes in memory, and in a file. */
  get bytes(): number {
    return this.frame.len - (this.frame.bitmap?.length ?? 0) + FRAME_ENTRY_BYTES;
  }
  get savedBytes(): number {
    return this.frame.len;
  }
}

/** Kept as text alone: logs are long, and as objects would be three times as long. */
export class TextEntry {
  readonly type = 'text';
  readonly atMs: number;
  readonly kind: ServerMessage['t'];
  readonly text: string;

  constructor(atMs: number, message: ServerMessage) {
    this.atMs = atMs;
    this.kind = message.t;
    this.text = JSON.stringify(message);
  }
  get bytes(): number {
    return this.text.length + TEXT_ENTRY_BYTES;
  }
  get savedBytes(): number {
    return this.text.length;
  }
  get message(): ServerMessage {
    return JSON.parse(this.text) as ServerMessage;
  }
}
export type Entry = FrameEntry | TextEntry;

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

/** What stays true until another one is told. */
const STANDING: ReadonlySet<ServerMessage['t']> = new Set(['view', 'proc', 'conn']);

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
    this.add(new TextEntry(atMs, message));
  }

  /** Adds a frame; returns its number. */
  tellFrame(frame: Omit<WireFrame, 'frame'>): number {
    const number = this.nextFrame++;
    const cut = this.cutter.cut({ ...frame, frame: number });
    this.add(new FrameEntry(frame.atMs, cut));
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

  private add(entry: Entry): void {
    this.entries.push(entry);
    this.nextSequence++;
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
      if (entry.type === 'text') this.forgetText(entry);
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

  private forgetText(entry: TextEntry): void {
    if (!STANDING.has(entry.kind)) return;
    const { message } = entry;
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

const MANY = 1_024;
