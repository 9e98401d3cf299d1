/** Which differences between model and reality hold at a moment. */
import type { Parting } from './live-source';

/** Those that have begun by `atMs` and are not over, oldest first. */
export function partingsAt(all: readonly Parting[], atMs: number): Parting[] {
  return all.filter(
    ({ sinceMs, untilMs }) => sinceMs <= atMs && (untilMs === null || untilMs > atMs),
  );
}

/** The same, of one node or about it. */
export function partingsOf(all: readonly Parting[], atMs: number, node: string): Parting[] {
  return partingsAt(all, atMs).filter((one) => one.node === node || one.about === node);
}
