/**
 * Where one message ends and the next begins: in a file, and in a stream of chunks.
 * Source: clusterReadHandler, src/cluster.c.
 */
import { checkPrefix, PREFIX_BYTES } from './check-frame';
import { decodeFrame, type Decoded } from './decode-frame';
import { HEADER } from './layout';
import type { Refusal } from './refusal';

export interface FoundFrame {
  /** Where it begins in the bytes given. */
  readonly at: number;
  /** Its bytes: a view, no copy. Of a refused beginning, all that is left. */
  readonly bytes: Uint8Array;
  readonly decoded: Decoded;
}

/**
 * Each message of `bytes`, which hold messages end to end. A message refused for what it holds is
 * skipped by its length; after a refused signature or length, or a cut-off end, nothing follows.
 */
export function* readFrames(bytes: Uint8Array): Generator<FoundFrame> {
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    const length = frameLength(rest);
    const frame = typeof length === 'number' ? rest.subarray(0, length) : rest;
    yield { at, bytes: frame, decoded: decodeFrame(frame) };
    if (typeof length !== 'number') return;
    at += frame.length;
  }
}

/** How many bytes the message at the start of `bytes` takes; a refusal; null: too few to tell. */
function frameLength(bytes: Uint8Array): number | Refusal | null {
  if (bytes.length < PREFIX_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES);
  return checkPrefix(view) ?? view.getUint32(HEADER.totlen);
}

export interface FrameSplitter {
  /** Takes the next bytes of a stream, of any number; returns each message they complete. */
  readonly push: (chunk: Uint8Array) => Uint8Array[];
  /** Bytes of a message that is not complete yet. */
  readonly heldBytes: () => number;
  /** Set once the stream makes no sense: it must be closed, and takes nothing more. */
  readonly refusal: () => Refusal | null;
}

const FIRST_ROOM_BYTES = 4_096;

/** A reader of one connection. It holds what was received, however much a header promises. */
export function frameSplitter(): FrameSplitter {
  let buffer = new Uint8Array(FIRST_ROOM_BYTES);
  let held = 0;
  let refused: Refusal | null = null;

  const hold = (bytes: Uint8Array): void => {
    if (held + bytes.length > buffer.length) {
      const larger = new Uint8Array((held + bytes.length) * 2);
      larger.set(buffer.subarray(0, held));
      buffer = larger;
    }
    buffer.set(bytes, held);
    held += bytes.length;
  };
  const release = (): Uint8Array => {
    const frame = buffer.slice(0, held);
    held = 0;
    if (buffer.length > FIRST_ROOM_BYTES) buffer = new Uint8Array(FIRST_ROOM_BYTES);
    return frame;
  };
  let wanted = PREFIX_BYTES;
  const push = (chunk: Uint8Array): Uint8Array[] => {
    const frames: Uint8Array[] = [];
    for (let at = 0; at < chunk.length && !refused;) {
      const taken = chunk.subarray(at, at + wanted - held);
      hold(taken);
      at += taken.length;
      if (held < wanted) break;
      const length = frameLength(buffer.subarray(0, held));
      if (typeof length === 'object') refused = length;
      else if (held < length) wanted = length;
      else {
        frames.push(release());
        wanted = PREFIX_BYTES;
      }
    }
    return frames;
  };
  return { push, heldBytes: () => held, refusal: () => refused };
}
