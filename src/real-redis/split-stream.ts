/** From what a socket read to the pieces that are judged: messages of the bus, or any bytes. */
import { frameSplitter } from '../protocol/wire/split-frames';

/** Enough for any line of a replication handshake. */
const FIRST_BYTES = 4_096;
/** No message of the bus is longer: what is published through a cluster is far below. */
const LONGEST_MESSAGE_BYTES = 67_108_864;

/** The messages a chunk completes; null: these bytes may not pass. */
export type Split = (chunk: Buffer) => Uint8Array[] | null;

/** `first` is shown the bytes until it knows who speaks. */
export function byChunk(first: (bytes: Uint8Array) => boolean): Split {
  let begun = Buffer.alloc(0);
  return (chunk) => {
    if (begun.length < FIRST_BYTES) {
      begun = Buffer.concat([begun, chunk]);
      first(begun);
    }
    return [chunk];
  };
}

export function byMessage(first: (bytes: Uint8Array) => boolean): Split {
  const splitter = frameSplitter();
  let mayPass = false;
  return (chunk) => {
    const messages = splitter.push(chunk);
    if (splitter.refusal() || splitter.heldBytes() > LONGEST_MESSAGE_BYTES) return null;
    mayPass ||= messages.length > 0 && first(messages[0]!);
    return mayPass || messages.length === 0 ? messages : null;
  };
}
