/** The room that a key followed through CRC16 takes from the stage. */
import type { KeyPlace } from './key-place.svelte';
import type { Layout } from './layout';

/** The height of the key above the ring. */
export const KEY_PX = 74;
/** The width of its bytes beside the ring. */
export const BYTES_PX = 268;
/** The ring with its needle's read-out needs that much beside the bytes. */
const LEAST_RING_PX = 564;

/** What has room on a stage so wide; only the widest layout shows stage and slot tool together. */
export function keyShown(layout: Layout, stagePx: number): KeyPlace['stageShows'] {
  if (layout !== 'wide') return 'nothing';
  return stagePx - BYTES_PX >= LEAST_RING_PX ? 'bytes' : 'key';
}
