/**
 * The messages of a growing recording, byte for byte. Four fifths of one are its sender's slots,
 * which hardly ever change: each bitmap is kept once. The oldest go when there are too many.
 */
import { MESSAGE_TYPE_CODE, type BusMessage } from '../protocol/bus-message';
import { decodeFrame } from '../protocol/wire/decode-frame';
import { BITMAP_BYTES, HEADER, HEADER_BYTES } from '../protocol/wire/layout';
import { messageOfFrame } from '../protocol/wire/message-frame';
import { printRefusal } from '../protocol/wire/refusal';
import type { MessageType } from '../protocol/notes';
import type { CaptureFrame } from './capture';
import type { LiveFrame } from './live-events';

type Kept = Omit<LiveFrame, 'bytes' | 'deliveredMs'> & {
  deliveredMs: number | null;
  /** When it was lost where it was held back, mostly with its connection; null: it was not. */
  lostMs: number | null;
  /** Without the bitmap, which is number `bitmap`; -1: whole. */
  readonly bytes: Uint8Array;
  readonly bitmap: number;
};

/** A frame as the store keeps it: `deliveredMs` is null while nobody knows, or for ever. */
export type StoredFrame = Readonly<Omit<Kept, 'bytes' | 'bitmap'>>;

/** By the number that stands in the header. */
const TYPES = Object.keys(MESSAGE_TYPE_CODE) as MessageType[];
const BITMAP_END = HEADER.myslots + BITMAP_BYTES;
/** Messages that were read and not thrown away at once. */
const KEPT_MESSAGES = 1_024;

export class FrameStore {
  private readonly originMs: number;
  private readonly frames: Kept[] = [];
  /** The number of the first frame that is still here. */
  first = 0;
  private readonly bitmaps: Uint8Array[] = [];
  /** The bitmap each node sent last: most often it sends it again. */
  private readonly lastBitmaps = new Map<number, number>();
  private readonly byFrame = new Map<number, number>();
  /** What was stopped on each connection that is still there. */
  private readonly stopped = new Map<number, Kept[]>();
  /** When connections ended. Frames come in batches: some are told after the end of theirs. */
  private readonly ended = new Map<number, number>();
  private readonly messages = new Map<number, BusMessage | null>();

  /** `originMs`: the Unix milliseconds of time 0, for the times inside messages. */
  constructor(originMs: number) {
    this.originMs = originMs;
  }

  /** One more than the number of the newest. */
  get end(): number {
    return this.first + this.frames.length;
  }

  /** Whether any frame was ever stopped on its way. */
  hasStopped = false;

  /** Keeps a frame, and returns our number of it. */
  add({ bytes, deliveredMs, ...rest }: LiveFrame): number {
    const goesOn = rest.verdict === 'pass' || rest.verdict === 'injected';
    const arrivesMs = deliveredMs ?? (goesOn ? rest.atMs : null);
    const number = this.end;
    const bitmap = bytes.length < HEADER_BYTES ? -1 : this.bitmapOf(rest.from, bytes);
    const kept = bitmap === -1 ? bytes.slice() : withoutBitmap(bytes);
    const frame: Kept = { ...rest, deliveredMs: arrivesMs, lostMs: null, bytes: kept, bitmap };
    this.frames.push(frame);
    if (rest.verdict === 'hold' || rest.verdict === 'delay') this.stop(frame);
    this.byFrame.set(rest.frame, number);
    return number;
  }

  /**
   * When a frame that was stopped went on; null: never, as is known at `nowMs`. Returns our number
   * of it, null if it is gone.
   */
  settle(frame: number, deliveredMs: number | null, nowMs: number): number | null {
    const number = this.byFrame.get(frame);
    const kept = number === undefined ? undefined : this.frames[number - this.first];
    if (!kept) return null;
    kept.deliveredMs = deliveredMs;
    if (deliveredMs === null) kept.lostMs ??= nowMs;
    return number!;
  }

  /** A connection has ended: what is still held back on it never arrives. */
  close(connection: number, atMs: number): void {
    for (const frame of this.stopped.get(connection) ?? []) {
      if (frame.deliveredMs === null) frame.lostMs = atMs;
    }
    this.stopped.delete(connection);
    this.ended.set(connection, atMs);
  }

  private stop(frame: Kept): void {
    this.hasStopped = true;
    frame.lostMs = this.ended.get(frame.connection) ?? null;
    if (frame.lostMs !== null) return;
    const others = this.stopped.get(frame.connection);
    if (others) others.push(frame);
    else this.stopped.set(frame.connection, [frame]);
  }

  /** Null: it has been forgotten, or never was. */
  at(number: number): StoredFrame | null {
    return this.frames[number - this.first] ?? null;
  }

  /** The bytes as they travelled. */
  bytesOf(number: number): Uint8Array {
    const kept = this.frames[number - this.first]!;
    if (kept.bitmap === -1) return kept.bytes;
    const whole = new Uint8Array(kept.bytes.length + BITMAP_BYTES);
    whole.set(kept.bytes.subarray(0, HEADER.myslots));
    whole.set(this.bitmaps[kept.bitmap]!, HEADER.myslots);
    whole.set(kept.bytes.subarray(HEADER.myslots), BITMAP_END);
    return whole;
  }

  /** The currentEpoch in its header; real ones stay far below 2^32. */
  epochOf(number: number): number {
    const { bytes } = this.frames[number - this.first]!;
    const low = HEADER.currentEpoch + 4;
    if (bytes.length < low + 4) return 0;
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(low);
  }

  lengthOf(number: number): number {
    const { bytes, bitmap } = this.frames[number - this.first]!;
    return bytes.length + (bitmap === -1 ? 0 : BITMAP_BYTES);
  }

  /** What it says; null if redis-server 7.0 would not understand it. */
  messageOf(number: number): BusMessage | null {
    const known = this.messages.get(number);
    if (known !== undefined) return known;
    const read = this.at(number) ? readFrame(this.bytesOf(number), this.originMs) : null;
    const message = typeof read === 'string' ? null : read;
    if (this.messages.size >= KEPT_MESSAGES) {
      this.messages.delete(this.messages.keys().next().value!);
    }
    this.messages.set(number, message);
    return message;
  }

  /** What a recording has of it; null if it is gone, or says nothing. */
  captured(number: number): CaptureFrame | null {
    const frame = this.at(number);
    const message = frame && this.messageOf(number);
    if (!frame || !message) return null;
    const deliveredMs = frame.deliveredMs ?? frame.atMs;
    const [sent, received] = [frame.verdict !== 'injected', frame.deliveredMs !== null];
    return { ...frame, index: number, sent, received, deliveredMs, message };
  }

  /** Its type, from its header; null: none that 7.0 knows. */
  typeOf(number: number): MessageType | null {
    const { bytes } = this.frames[number - this.first]!;
    if (bytes.length < HEADER.type + 2) return null;
    return TYPES[(bytes[HEADER.type]! << 8) | bytes[HEADER.type + 1]!] ?? null;
  }

  /** The first frame that passed the recorder at or after a time. */
  firstAt(atMs: number): number {
    return this.first + this.countWhile((frame) => frame.atMs < atMs);
  }

  /** The first that passed it later. */
  firstAfter(atMs: number): number {
    return this.first + this.countWhile((frame) => frame.atMs <= atMs);
  }

  private countWhile(fits: (frame: Kept) => boolean): number {
    let low = 0;
    let high = this.frames.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (fits(this.frames[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets everything before number `first`. */
  forget(first: number): void {
    const gone = this.frames.splice(0, Math.max(0, first - this.first));
    this.first += gone.length;
    for (const kept of gone) this.byFrame.delete(kept.frame);
  }

  private bitmapOf(from: number, bytes: Uint8Array): number {
    const bitmap = bytes.subarray(HEADER.myslots, BITMAP_END);
    const last = this.lastBitmaps.get(from);
    if (last !== undefined && isSame(this.bitmaps[last]!, bitmap)) return last;
    const known = this.bitmaps.findIndex((one) => isSame(one, bitmap));
    const place = known === -1 ? this.bitmaps.push(bitmap.slice()) - 1 : known;
    this.lastBitmaps.set(from, place);
    return place;
  }
}

/** One frame's bytes to its message, or one sentence on what is wrong with them. */
export function readFrame(bytes: Uint8Array, originMs: number): BusMessage | string {
  const decoded = decodeFrame(bytes);
  if (!decoded.ok) return printRefusal(decoded.refusal);
  const understood = messageOfFrame(decoded.frame, originMs);
  return understood.ok ? understood.message : understood.reason;
}

function withoutBitmap(bytes: Uint8Array): Uint8Array {
  const rest = new Uint8Array(bytes.length - BITMAP_BYTES);
  rest.set(bytes.subarray(0, HEADER.myslots));
  rest.set(bytes.subarray(BITMAP_END), HEADER.myslots);
  return rest;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
