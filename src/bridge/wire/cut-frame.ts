/**
 * A frame without its bitmap of slots, which is four fifths of it and seldom changes: so it is kept
 * in memory, and so it travels. The same bitmap is the same object in every frame that has it.
 */
import { BITMAP_BYTES, HEADER, HEADER_BYTES } from '../../protocol/wire/layout';
import type { WireFrame } from './frame-batch';

export interface CutFrame {
  /** All but its bytes, as JSON: so a batch says it. */
  readonly about: string;
  /** Of the whole frame. */
  readonly len: number;
  /** What was cut out, or null: the piece is whole. */
  readonly bitmap: Uint8Array | null;
  readonly piece: Uint8Array;
}

const BITMAP_END = HEADER.myslots + BITMAP_BYTES;
/** One letter a byte: the fastest way to a key. */
const LATIN1 = new TextDecoder('latin1');
/** So many bitmaps are known again; then it begins anew. */
const MOST_BITMAPS = 512;
/** Pieces lie side by side in memory: each by itself would take twice its room. */
const SLAB_BYTES = 65_536;

/** Of a view of bytes only the numbers are kept: a hundred thousand views are 20 MB. */
class KeptFrame implements CutFrame {
  readonly about: string;
  readonly len: number;
  readonly bitmap: Uint8Array | null;
  private readonly slab: Uint8Array;
  private readonly begin: number;
  private readonly end: number;

  constructor(about: object, len: number, bitmap: Uint8Array | null, room: Room) {
    this.about = JSON.stringify(about);
    this.len = len;
    this.bitmap = bitmap;
    this.slab = room.slab;
    this.begin = room.begin;
    this.end = room.end;
  }

  get piece(): Uint8Array {
    return this.slab.subarray(this.begin, this.end);
  }
}

interface Room {
  readonly slab: Uint8Array;
  readonly begin: number;
  readonly end: number;
}

/** Cuts the frames of one run. */
export class FrameCutter {
  private bitmaps = new Map<string, Uint8Array>();
  private readonly lastOf = new Map<number, Uint8Array>();
  private slab = new Uint8Array(0);
  private usedBytes = 0;

  cut({ bytes, ...about }: WireFrame): CutFrame {
    const len = bytes.length;
    if (len < HEADER_BYTES) return new KeptFrame(about, len, null, this.kept([bytes]));
    const bitmap = this.shared(about.from, bytes.subarray(HEADER.myslots, BITMAP_END));
    const ends = [bytes.subarray(0, HEADER.myslots), bytes.subarray(BITMAP_END)];
    return new KeptFrame(about, len, bitmap, this.kept(ends));
  }

  /** A sender mostly says what it said the last time. */
  private shared(from: number, bitmap: Uint8Array): Uint8Array {
    const last = this.lastOf.get(from);
    if (last && isSame(last, bitmap)) return last;
    const key = LATIN1.decode(bitmap);
    if (this.bitmaps.size > MOST_BITMAPS) this.bitmaps = new Map();
    const known = this.bitmaps.get(key) ?? bitmap.slice();
    this.bitmaps.set(key, known);
    this.lastOf.set(from, known);
    return known;
  }

  private kept(ends: readonly Uint8Array[]): Room {
    const room = this.room(ends.reduce((sum, end) => sum + end.length, 0));
    let at = room.begin;
    for (const end of ends) {
      room.slab.set(end, at);
      at += end.length;
    }
    return room;
  }

  private room(length: number): Room {
    if (length > SLAB_BYTES / 4) return { slab: new Uint8Array(length), begin: 0, end: length };
    if (this.usedBytes + length > this.slab.length) {
      this.slab = new Uint8Array(SLAB_BYTES);
      this.usedBytes = 0;
    }
    this.usedBytes += length;
    return { slab: this.slab, begin: this.usedBytes - length, end: this.usedBytes };
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < BITMAP_BYTES; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** All but its bytes. */
export const aboutOf = ({ about }: CutFrame): Omit<WireFrame, 'bytes'> =>
  JSON.parse(about) as Omit<WireFrame, 'bytes'>;

/** The frame as it was. */
export function wholeFrame(frame: CutFrame): WireFrame {
  return { ...aboutOf(frame), bytes: wholeBytes(frame.piece, frame.bitmap) };
}

export function wholeBytes(piece: Uint8Array, bitmap: Uint8Array | null): Uint8Array {
  if (bitmap === null) return piece.slice();
  const bytes = new Uint8Array(piece.length + BITMAP_BYTES);
  bytes.set(piece.subarray(0, HEADER.myslots));
  bytes.set(bitmap, HEADER.myslots);
  bytes.set(piece.subarray(HEADER.myslots), BITMAP_END);
  return bytes;
}
