/** The bytes of a message to scale: what takes how much room of a bar, and where slots are lit. */
import type { SlotRanges } from '../../protocol/slot-ranges';
import { BITMAP_BYTES, HEADER, HEADER_BYTES } from '../../protocol/wire/layout';

export interface BytePart {
  readonly kind: 'before' | 'slots' | 'after' | 'body' | 'body-slots';
  readonly at: number;
  readonly length: number;
  /** From 0 to 1, along the bar. */
  readonly from: number;
  readonly to: number;
}

/** The parts in order; `bodySlotsAt` is where a second bitmap begins, in an UPDATE. */
export function byteParts(totalBytes: number, bodySlotsAt: number | null = null): BytePart[] {
  const cuts: (readonly [BytePart['kind'], number])[] = [
    ['before', 0],
    ['slots', HEADER.myslots],
    ['after', HEADER.myslots + BITMAP_BYTES],
    ['body', HEADER_BYTES],
    ...(bodySlotsAt === null ? [] : [['body-slots', bodySlotsAt] as const]),
  ];
  return cuts.flatMap(([kind, at], i) => {
    const end = cuts[i + 1]?.[1] ?? totalBytes;
    if (end <= at) return [];
    return [{ kind, at, length: end - at, from: at / totalBytes, to: end / totalBytes }];
  });
}

/** Where the bits that are set lie within a bitmap, from 0 to 1. */
export function litBits(slots: SlotRanges): { readonly from: number; readonly to: number }[] {
  const count = BITMAP_BYTES * 8;
  return slots.map(([first, last]) => ({ from: first / count, to: (last + 1) / count }));
}

/** How much of the whole a part is, in whole percent. */
export function percentOf(part: number, whole: number): string {
  return String(Math.round((part / whole) * 100));
}
