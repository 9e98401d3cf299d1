/** Which differences between model and reality hold at a moment. */
import { isShownAt } from '../../timeline/capture-partings';
import type { Parting } from './live-source';

/** Those that have begun by `atMs` and are not long over, oldest first. */
export function partingsAt(all: readonly Parting[], atMs: number): Parting[] {
  return all.filter((one) => isShownAt(one, atMs));
}

/** The same, of one node or about it. */
export function partingsOf(all: readonly Parting[], atMs: number, node: string): Parting[] {
  return partingsAt(all, atMs).filter((one) => one.node === node || one.about === node);
}
