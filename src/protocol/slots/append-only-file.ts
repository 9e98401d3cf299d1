/**
 * What is on disk when memory is gone: the append-only file holds every write, and knows nothing of
 * the deletions redis-server does without a word.
 * Source: delKeysInSlot, emptyData (clusterReset), which propagate nothing in 7.0;
 * loadDataFromDisk, src/server.c; restartAOFAfterSYNC, src/replication.c.
 * Simplified: the file is rewritten after a full copy, and never else.
 */
import { NO_KEYS, allKeys, findKey, withKeys, withoutKeys, type Keyspace } from '../keyspace';
import type { Turn } from '../turn';

/** Keeps only `kept` in memory; what else there was is still in the file. */
export function dropFromMemory(turn: Turn, kept: Keyspace): void {
  const { state } = turn;
  const dropped = allKeys(state.keys).filter(({ key }) => !findKey(kept, key));
  state.keys = kept;
  if (dropped.length > 0) state.onlyInFile = withKeys(state.onlyInFile, dropped);
}

/** A write goes into the file, too: what it says of its keys counts more than what was there. */
export function appendToFile(turn: Turn, argv: readonly string[]): void {
  const { state } = turn;
  if (state.onlyInFile.count === 0) return;
  const isFlush = /^FLUSH(ALL|DB)$/i.test(argv[0]!);
  state.onlyInFile = isFlush ? NO_KEYS : withoutKeys(state.onlyInFile, argv.slice(1));
}

/** A new file with what is in memory: nothing old is left in it. */
export function rewriteFile(turn: Turn): void {
  turn.state.onlyInFile = NO_KEYS;
}

/** A process that starts reads its file: what was deleted without a word is there again. */
export function loadFile(turn: Turn): void {
  const { state } = turn;
  state.keys = withKeys(state.onlyInFile, allKeys(state.keys).reverse());
  state.onlyInFile = NO_KEYS;
}
