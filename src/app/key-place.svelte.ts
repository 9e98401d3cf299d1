/** The key in the slot tool, how far its way through CRC16 is shown, and where the needle is. */
import { earlierPrefixes, needleAfter, walkKey } from '../drawing/layout/crc16';

export class KeyPlace {
  key = $state('foo');
  /** How many shifts are done; null for all of them. */
  done = $state<number | null>(null);
  /** The bits are shown large, in the dock. */
  tapeIsInDock = $state(false);
  /** What of it the stage has room for, beside the ring: nothing, the key, or its bytes as well. */
  stageShows = $state<'nothing' | 'key' | 'bytes'>('nothing');

  walk = $derived(walkKey(this.key));
  isDone = $derived((this.done ?? Infinity) >= this.walk.shifts.length);
  needle = $derived.by(() => {
    const done = this.done ?? this.walk.shifts.length;
    return { ...needleAfter(this.walk, done), earlier: earlierPrefixes(this.walk, done) };
  });

  choose = (key: string): void => {
    this.key = key;
    this.done = null;
  };
}
