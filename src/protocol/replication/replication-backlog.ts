/**
 * The end of the stream a node keeps, so that a replica that was away for a moment need not copy
 * everything.
 * Source: createReplicationBacklog, feedReplicationBuffer, incrementalTrimReplicationBacklog,
 * addReplyReplicationBacklog, src/replication.c; repl-backlog-size.
 * Simplified: a word of more than 16 KB fills blocks like any other; redis-server gives it one of
 * its own size.
 */

/** A command of the stream, as words. */
export type StreamCommand = readonly string[];

interface KeptCommand {
  /** The offset of its first byte. */
  readonly atBytes: number;
  readonly argv: StreamCommand;
}

export interface Backlog {
  /** The offset of the oldest byte that can still be sent. Redis: repl_backlog->offset. */
  readonly firstBytes: number;
  /** The offset of the next byte: master_repl_offset + 1. */
  readonly nextBytes: number;
  /** How much still fits into the newest block. */
  readonly roomBytes: number;
  /** Oldest first; each holds the commands that begin in it. */
  readonly blocks: readonly (readonly KeptCommand[])[];
}

/** Room in one block: 16 KB and a header of 40 bytes, in what jemalloc hands out for that. */
export const BLOCK_BYTES = 20_440;

/** An empty backlog behind `offsetBytes`. */
export function createBacklog(offsetBytes: number): Backlog {
  return { firstBytes: offsetBytes + 1, nextBytes: offsetBytes + 1, roomBytes: 0, blocks: [] };
}

/** How many bytes it holds. Redis: histlen. */
export const backlogLength = (backlog: Backlog): number => backlog.nextBytes - backlog.firstBytes;

/**
 * With one more command of `bytes` bytes. Whole blocks are dropped, and only while more than
 * `limitBytes` remain.
 */
export function appendToBacklog(
  backlog: Backlog,
  command: { readonly argv: StreamCommand; readonly bytes: number },
  limitBytes: number,
): Backlog {
  const { bytes, argv } = command;
  const kept: KeptCommand = { atBytes: backlog.nextBytes, argv };
  const startsNewBlock = backlog.roomBytes === 0;
  const last = startsNewBlock ? [] : backlog.blocks.at(-1)!;
  const before = startsNewBlock ? backlog.blocks : backlog.blocks.slice(0, -1);
  const blocks: (readonly KeptCommand[])[] = [...before, [...last, kept]];
  let roomBytes = (startsNewBlock ? BLOCK_BYTES : backlog.roomBytes) - bytes;
  for (; roomBytes < 0; roomBytes += BLOCK_BYTES) blocks.push([]);
  const nextBytes = backlog.nextBytes + bytes;
  return trimmed({ firstBytes: backlog.firstBytes, nextBytes, roomBytes, blocks }, limitBytes);
}

/** Done before each sleep: the last block stays, and any that brings it below its limit. */
function trimmed(backlog: Backlog, limitBytes: number): Backlog {
  let { firstBytes, blocks } = backlog;
  while (blocks.length > 1 && backlog.nextBytes - firstBytes - BLOCK_BYTES > limitBytes) {
    firstBytes += BLOCK_BYTES;
    blocks = blocks.slice(1);
  }
  return { ...backlog, firstBytes, blocks };
}

/** Whether the stream can go on from `offsetBytes`, the next byte a replica wants. */
export function backlogCovers(backlog: Backlog, offsetBytes: number): boolean {
  return offsetBytes >= backlog.firstBytes && offsetBytes <= backlog.nextBytes;
}

/** The commands from `offsetBytes` on; a replica always asks for the beginning of one. */
export function commandsFrom(backlog: Backlog, offsetBytes: number): StreamCommand[] {
  return backlog.blocks.flatMap((block) =>
    block.filter(({ atBytes }) => atBytes >= offsetBytes).map(({ argv }) => argv),
  );
}
