/** The key in the slot tool, how far its way through CRC16 is shown, and where the needle is. */
import type { KeyWalk } from '../drawing/layout/crc16';
import { late } from '../drawing/late.svelte';

/** What follows a key; a first picture without a key does without. */
export const keyWalks = late(async () => ({ default: await import('../drawing/layout/crc16') }));
const NO_WALK: KeyWalk = {
  ...{ key: '', tag: 'none', pieces: ['', '', ''], bytes: [], shifts: [] },
  ...{ hashedCount: 0, crc: 0, slot: 0 },
};

export class KeyPlace {
  key = $state('foo');
  /** How many shifts are done; null for all of them. */
  done = $state<number | null>(null);
  /** The bits are shown large, in the dock. */
  tapeIsInDock = $state(false);
  /** What of it the stage has room for, beside the ring: nothing, the key, or its bytes as well. */
  stageShows = $state<'nothing' | 'key' | 'bytes'>('nothing');

  walk = $derived(keyWalks.part?.walkKey(this.key) ?? NO_WALK);
  isDone = $derived((this.done ?? Infinity) >= this.walk.shifts.length);
  needle = $derived.by(() => {
    const done = this.done ?? this.walk.shifts.length;
    const walks = keyWalks.part;
    return (
      walks && {
        ...walks.needleAfter(this.walk, done),
        earlier: walks.earlierPrefixes(this.walk, done),
      }
    );
  });

  choose = (key: string): void => {
    this.key = key;
    this.done = null;
  };
}
