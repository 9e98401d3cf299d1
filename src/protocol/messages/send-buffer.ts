/**
 * What waits to be written to a link, and the memory it takes.
 * Source: clusterSendMessage, src/cluster.c; sdscatlen, sdsMakeRoomFor, src/sds.c; the size
 * classes of jemalloc.
 */

/** Redis: sndbuf of clusterLink. */
export interface SendBuffer {
  readonly usedBytes: number;
  readonly allocatedBytes: number;
}

export const EMPTY_BUFFER: SendBuffer = { usedBytes: 0, allocatedBytes: 0 };

/** Beyond this a string grows by as much, below it by its own length. */
const MAX_PREALLOC_BYTES = 1_048_576;
const SHORT_STRING_BYTES = 256;
const MEDIUM_STRING_BYTES = 65_536;

/** The buffer with `bytes` more in it; it grows greedily. */
export function append({ usedBytes, allocatedBytes }: SendBuffer, bytes: number): SendBuffer {
  const used = usedBytes + bytes;
  if (used <= allocatedBytes) return { usedBytes: used, allocatedBytes };
  const wanted = used < MAX_PREALLOC_BYTES ? used * 2 : used + MAX_PREALLOC_BYTES;
  const overhead = headerBytes(wanted) + 1;
  return { usedBytes: used, allocatedBytes: sizeClass(wanted + overhead) - overhead };
}

function headerBytes(length: number): number {
  if (length < SHORT_STRING_BYTES) return 3;
  return length < MEDIUM_STRING_BYTES ? 5 : 9;
}

/** What the allocator hands out for `bytes`: four sizes to each doubling. */
function sizeClass(bytes: number): number {
  const below = 2 ** Math.floor(Math.log2(Math.max(bytes, 65) - 1));
  const step = below / 4;
  return Math.ceil(bytes / step) * step;
}
