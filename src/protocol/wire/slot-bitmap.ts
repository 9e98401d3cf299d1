/**
 * Sets of slots as the 2,048 bytes of a bitmap: slot n is bit n & 7 of byte n >> 3.
 * Source: bitmapTestBit, bitmapSetBit, src/cluster.c.
 */
import type { SlotRanges } from '../slot-ranges';

/** The set of a bitmap. */
export function slotsOfBitmap(bitmap: Uint8Array): SlotRanges {
  const ranges: [number, number][] = [];
  let first = -1;
  // By index: of a recording this reads hundreds of millions of bytes.
  for (let index = 0; index < bitmap.length; index++) {
    const byte = bitmap[index]!;
    if (byte === (first < 0 ? 0 : 0xff)) continue;
    for (let bit = 0; bit < 8; bit++) {
      const slot = index * 8 + bit;
      const isSet = (byte & (1 << bit)) !== 0;
      if (isSet && first < 0) first = slot;
      if (!isSet && first >= 0) {
        ranges.push([first, slot - 1]);
        first = -1;
      }
    }
  }
  if (first >= 0) ranges.push([first, bitmap.length * 8 - 1]);
  return ranges;
}

/** Sets the bits of `slots` in a bitmap of zeros. */
export function writeBitmap(bitmap: Uint8Array, slots: SlotRanges): void {
  for (const [first, last] of slots) {
    let slot = first;
    while (slot <= last) {
      if ((slot & 7) === 0 && slot + 7 <= last) {
        bitmap[slot >> 3] = 0xff;
        slot += 8;
      } else {
        bitmap[slot >> 3]! |= 1 << (slot & 7);
        slot++;
      }
    }
  }
}
