/** Other keys whose hash tag is what is hashed of a key: they live in its slot. */
import { keySlot } from '../../protocol/key-slot';
import type { KeyWalk } from './crc16';

const SHAPES = [
  ['', ''],
  ['order:', ':7'],
  ['cart:', ''],
] as const;
const MOST = 2;
const LONGEST_HASHED = 18;

/** A key in three pieces: what stands before the tag, the tag with its braces, what comes after. */
export type TaggedKey = readonly [before: string, tag: string, after: string];

/** A few keys of the same slot; none for a tag too long to read, or one that braces would cut. */
export function sameTagKeys({ key, slot, pieces }: KeyWalk): readonly TaggedKey[] {
  const hashed = pieces[1];
  if (hashed === '' || hashed.length > LONGEST_HASHED) return [];
  return SHAPES.map(([before, after]): TaggedKey => [before, `{${hashed}}`, after])
    .filter((other) => other.join('') !== key && keySlot(other.join('')) === slot)
    .slice(0, MOST);
}
