/**
 * Frames of the bus as one message of bytes: the length of a head (u32, big-endian), the head as
 * JSON, then the frames end to end. Four fifths of a frame are its sender's bitmap of slots, which
 * seldom changes: it is cut out, and told once, in a `slots` message, before the first frame that
 * refers to it. The reader puts it back: both ends have every frame byte for byte.
 */
import * as v from 'valibot';
import { BITMAP_BYTES } from '../../protocol/wire/layout';
import { base64Of, bytesOfBase64 } from '../../shadow/base64';
import { wholeBytes, type CutFrame } from './cut-frame';
import type { ServerMessageOf } from './server-messages';
import { count, frameType, nodeNumber, timeMs } from './values';

const entry = v.object({
  /** Counts all frames of the run: what the `fates` of frames refer to. */
  frame: count,
  atMs: timeMs,
  from: nodeNumber,
  to: nodeNumber,
  dialer: nodeNumber,
  acceptor: nodeNumber,
  connection: count,
  type: frameType,
  /** cut: stopped, and lost. hold and delay: stopped; `deliveredMs` or a fate says until when. */
  verdict: v.picklist(['pass', 'cut', 'hold', 'delay', 'injected']),
  deliveredMs: v.exactOptional(timeMs),
  /** Its bytes, whole. */
  len: count,
  /** The bitmap that was cut out, or null: these bytes are whole. */
  slots: v.nullable(count),
});
const head = v.object({
  t: v.literal('frames'),
  /** How many frames were left out before this batch, because the reader was too slow. */
  gap: count,
  frames: v.array(entry),
});

/** One frame; `bytes` are whole. */
export type WireFrame = Omit<v.InferOutput<typeof entry>, 'len' | 'slots'> & {
  readonly bytes: Uint8Array;
};
export interface FrameBatch {
  readonly gap: number;
  readonly frames: readonly WireFrame[];
}
/** A batch as it is written. */
export interface CutBatch {
  readonly gap: number;
  readonly frames: readonly CutFrame[];
}
export type SlotsMessage = ServerMessageOf<'slots'>;

const LENGTH_BYTES = 4;

/** A writer knows at most so many bitmaps before it begins anew. */
const MOST_BITMAPS = 512;

/** Writes batches for one reader, whom it tells of each bitmap once. */
export class FrameWriter {
  private ids = new Map<Uint8Array, number>();
  private nextId = 1;

  /** The bitmaps to tell first, and the batch. */
  write({ gap, frames }: CutBatch): { slots: SlotsMessage[]; bytes: Uint8Array } {
    if (this.ids.size > MOST_BITMAPS) this.ids = new Map();
    const slots: SlotsMessage[] = [];
    const entries = frames.map(({ about, len, bitmap }) => {
      const id = bitmap === null ? null : this.idOf(bitmap, slots);
      return `${about.slice(0, -1)},"len":${len},"slots":${id}}`;
    });
    const headText = `{"t":"frames","gap":${gap},"frames":[${entries.join()}]}`;
    const pieces = frames.map(({ piece }) => piece);
    return { slots, bytes: joined(headText, pieces) };
  }

  private idOf(bitmap: Uint8Array, told: SlotsMessage[]): number {
    const known = this.ids.get(bitmap);
    if (known !== undefined) return known;
    const id = this.nextId++;
    this.ids.set(bitmap, id);
    told.push({ t: 'slots', id, base64: base64Of(bitmap) });
    return id;
  }
}

function joined(headText: string, pieces: readonly Uint8Array[]): Uint8Array {
  const headBytes = new TextEncoder().encode(headText);
  const bodyBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = new Uint8Array(LENGTH_BYTES + headBytes.length + bodyBytes);
  new DataView(bytes.buffer).setUint32(0, headBytes.length);
  bytes.set(headBytes, LENGTH_BYTES);
  let at = LENGTH_BYTES + headBytes.length;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Reads what one writer wrote; throws an Error with one sentence on what is wrong. */
export class FrameReader {
  private readonly bitmaps = new Map<number, Uint8Array>();

  learn({ id, base64 }: SlotsMessage): void {
    const bitmap = bytesOfBase64(base64);
    if (bitmap.length !== BITMAP_BYTES) {
      throw new Error(`bitmap ${id} has ${bitmap.length} bytes; expected ${BITMAP_BYTES}`);
    }
    this.bitmaps.set(id, bitmap);
  }

  read(bytes: Uint8Array): FrameBatch {
    const { value, bodyAt } = readHead(bytes);
    let at = bodyAt;
    const frames = value.frames.map(({ len, slots, ...rest }): WireFrame => {
      const cutBytes = slots === null ? len : len - BITMAP_BYTES;
      const piece = bytes.subarray(at, at + cutBytes);
      if (piece.length !== cutBytes || cutBytes < 0) {
        throw new Error(`frame ${rest.frame} ends beyond the ${bytes.length} bytes of its batch`);
      }
      at += cutBytes;
      return { ...rest, bytes: wholeBytes(piece, slots === null ? null : this.bitmap(slots)) };
    });
    if (at !== bytes.length) {
      throw new Error(`${bytes.length - at} bytes follow the last frame of a batch; expected none`);
    }
    return { gap: value.gap, frames };
  }

  private bitmap(slots: number): Uint8Array {
    const bitmap = this.bitmaps.get(slots);
    if (!bitmap) throw new Error(`a frame refers to bitmap ${slots}, which was never told`);
    return bitmap;
  }
}

function readHead(bytes: Uint8Array): { value: v.InferOutput<typeof head>; bodyAt: number } {
  const wrong = (why: string): Error => new Error(`this is no batch of frames: ${why}`);
  if (bytes.length < LENGTH_BYTES) throw wrong(`it has ${bytes.length} bytes; expected 4 or more`);
  const headBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const bodyAt = LENGTH_BYTES + headBytes;
  if (bodyAt > bytes.length) {
    throw wrong(`its head would be ${headBytes} bytes; it has ${bytes.length - LENGTH_BYTES}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, bodyAt)));
  } catch (error) {
    throw wrong(`its head is not JSON: ${(error as Error).message}`);
  }
  const result = v.safeParse(head, value);
  if (result.success) return { value: result.output, bodyAt };
  const [issue] = result.issues;
  throw wrong(`${issue.path?.map(({ key }) => String(key)).join('.')}: ${issue.message}`);
}
