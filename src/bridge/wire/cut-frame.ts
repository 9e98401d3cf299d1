/**
 * A frame without its bitmap of slots, which is four fifths of it and seldom changes: so it is kept
 * in memory, and so it travels. The same bitmap is the same object in every frame that has it.
 */
import { BITMAP_BYTES, HEADER, HEADER_BYTES } from '../../protocol/wire/layout';
import type { WireFrame } from './frame-batch';

export interface CutFrame {
  readonly about: Omit<WireFrame, 'bytes'>;
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

/** Cuts the frames of one run. */
export class FrameCutter {
  private bitmaps = new Map<string, Uint8Array>();
  private readonly lastOf = new Map<number, Uint8Array>();
  private slab = new Uint8Array(0);
  private usedBytes = 0;

  cut({ bytes, ...about }: WireFrame): CutFrame {
    const len = bytes.length;
    if (len < HEADER_BYTES) return { about, len, bitmap: null, piece: this.kept([bytes]) };
    const bitmap = this.shared(about.from, bytes.subarray(HEADER.myslots, BITMAP_END));
    const ends = [bytes.subarray(0, HEADER.myslots), bytes.subarray(BITMAP_END)];
    return { about, len, bitmap, piece: this.kept(ends) };
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

  private kept(ends: readonly Uint8Array[]): Uint8Array {
    const length = ends.reduce((sum, end) => sum + end.length, 0);
    const piece = this.room(length);
    let at = 0;
    for (const end of ends) {
      piece.set(end, at);
      at += end.length;
    }
    return piece;
  }

  private room(length: number): Uint8Array {
    if (length > SLAB_BYTES / 4) return new Uint8Array(length);
    if (this.usedBytes + length > this.slab.length) {
      this.slab = new Uint8Array(SLAB_BYTES);
      this.usedBytes = 0;
    }
    this.usedBytes += length;
    return this.slab.subarray(this.usedBytes - length, this.usedBytes);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < BITMAP_BYTES; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The frame as it was. */
export function wholeFrame({ about, bitmap, piece }: CutFrame): WireFrame {
  return { ...about, bytes: wholeBytes(piece, bitmap) };
}

export function wholeBytes(piece: Uint8Array, bitmap: Uint8Array | null): Uint8Array {
  if (bitmap === null) return piece.slice();
  const bytes = new Uint8Array(piece.length + BITMAP_BYTES);
  bytes.set(piece.subarray(0, HEADER.myslots));
  bytes.set(bitmap, HEADER.myslots);
  bytes.set(piece.subarray(HEADER.myslots), BITMAP_END);
  return bytes;
}
