/**
 * Key bytes to hash slot.
 * Source: keyHashSlot, src/cluster.c; crc16, src/crc16.c (CRC-16/XMODEM).
 */
import { bytesOf } from './byte-text';
import crc16xmodem from 'crc/calculators/crc16xmodem';
import { SLOT_COUNT, type Slot } from './ids';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * The bytes that are hashed: those between the first `{` and the first `}` after it, or all of
 * them when there is no such pair or nothing stands between.
 */
export function hashedBytes(key: Uint8Array): Uint8Array {
  const open = key.indexOf(OPEN_BRACE);
  if (open === -1) return key;
  const close = key.indexOf(CLOSE_BRACE, open + 1);
  return close === -1 || close === open + 1 ? key : key.subarray(open + 1, close);
}

/** The 16-bit checksum of the bytes that are hashed. */
export function keyCrc16(key: string | Uint8Array): number {
  return crc16xmodem(hashedBytes(typeof key === 'string' ? bytesOf(key) : key));
}

/** The slot of a key, 0 to 16383. A string is hashed as its UTF-8 bytes. */
export function keySlot(key: string | Uint8Array): Slot {
  return keyCrc16(key) & (SLOT_COUNT - 1);
}
