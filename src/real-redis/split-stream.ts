/** From what a socket read to the pieces that are judged: messages of the bus, or any bytes. */
import { HEADER, NAME_BYTES } from '../protocol/wire/layout';
import { frameSplitter } from '../protocol/wire/split-frames';

/** Enough for any line of a replication handshake. */
const FIRST_BYTES = 4_096;
/** No message of the bus is longer: what is published through a cluster is far below. */
const LONGEST_MESSAGE_BYTES = 67_108_864;
/** As much of a first message as says whose it is. */
const SENDER_END = HEADER.sender + NAME_BYTES;

export interface StreamSplitter {
  /** The pieces a chunk completes; null: these bytes may not pass. */
  readonly take: (chunk: Buffer) => readonly Uint8Array[] | null;
  /** Bytes of a piece that is not whole yet. */
  readonly heldBytes: () => number;
}

/** `first` is shown the bytes until it knows who speaks. */
export function byChunk(first: (bytes: Uint8Array) => boolean): StreamSplitter {
  let begun = Buffer.alloc(0);
  const take = (chunk: Buffer): Uint8Array[] => {
    if (begun.length < FIRST_BYTES) {
      begun = Buffer.concat([begun, chunk]);
      first(begun);
    }
    return [chunk];
  };
  return { take, heldBytes: () => 0 };
}

/** `first` says whether whoever begins so may speak: no more than a chunk of a stranger is held. */
export function byMessage(first: (bytes: Uint8Array) => boolean): StreamSplitter {
  const splitter = frameSplitter();
  let begun = Buffer.alloc(0);
  let mayPass = false;
  const take = (chunk: Buffer): Uint8Array[] | null => {
    if (!mayPass) begun = Buffer.concat([begun, chunk.subarray(0, SENDER_END - begun.length)]);
    const messages = splitter.push(chunk);
    if (splitter.refusal() || splitter.heldBytes() > LONGEST_MESSAGE_BYTES) return null;
    mayPass ||= begun.length === SENDER_END && first(begun);
    return mayPass || begun.length < SENDER_END ? messages : null;
  };
  return { take, heldBytes: splitter.heldBytes };
}
