import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SLOT_COUNT } from './ids';
import {
  ALL_SLOTS,
  NO_SLOTS,
  commonSlots,
  eachSlot,
  hasSlot,
  printSlots,
  sameSlots,
  slotCount,
  slotsOf,
  unionSlots,
  withoutSlots,
  type SlotRanges,
} from './slot-ranges';

/** Few slots, so that neighbours and overlaps are common; the edges of the range are among them. */
const slot = fc.oneof(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 16_370, max: 16_383 }));
const slotSet = fc.uniqueArray(slot, { maxLength: 30 });

const asSet = (ranges: SlotRanges): Set<number> => new Set(eachSlot(ranges));
const isNormal = (ranges: SlotRanges): boolean =>
  ranges.every(([first, last], i) => first <= last && (i === 0 || first > ranges[i - 1]![1] + 1));

describe('slot-ranges: the same answers as a Set of slots', () => {
  const operations = [
    ['union', unionSlots, (a: Set<number>, b: Set<number>) => new Set([...a, ...b])],
    ['difference', withoutSlots, (a, b) => new Set([...a].filter((one) => !b.has(one)))],
    ['intersection', commonSlots, (a, b) => new Set([...a].filter((one) => b.has(one)))],
  ] as const satisfies readonly (readonly [
    string,
    (a: SlotRanges, b: SlotRanges) => SlotRanges,
    (a: Set<number>, b: Set<number>) => Set<number>,
  ])[];

  test.each(operations)('%s', (_, operation, model) => {
    fc.assert(
      fc.property(slotSet, slotSet, (a, b) => {
        const result = operation(slotsOf(a), slotsOf(b));
        expect(isNormal(result)).toBe(true);
        expect(asSet(result)).toEqual(model(new Set(a), new Set(b)));
      }),
    );
  });

  test('count, membership and equality', () => {
    fc.assert(
      fc.property(slotSet, slotSet, slot, (a, b, one) => {
        expect(slotCount(slotsOf(a))).toBe(a.length);
        expect(hasSlot(slotsOf(a), one)).toBe(a.includes(one));
        const same = a.length === b.length && a.every((each) => b.includes(each));
        expect(sameSlots(slotsOf(a), slotsOf(b))).toBe(same);
      }),
    );
  });
});

test('slot-ranges: neighbours join into one range, in any order', () => {
  expect(slotsOf([5, 3, 4, 9, 4])).toEqual([
    [3, 5],
    [9, 9],
  ]);
  expect(unionSlots([[0, 4]], [[5, 9]])).toEqual([[0, 9]]);
});

test('slot-ranges: all minus all is none', () => {
  expect(withoutSlots(ALL_SLOTS, ALL_SLOTS)).toEqual(NO_SLOTS);
  expect(slotCount(ALL_SLOTS)).toBe(SLOT_COUNT);
});

test.each([[-1], [16_384], [1.5], [Number.NaN]])('slot-ranges: %s is not a slot', (bad) => {
  expect(() => slotsOf([bad])).toThrow('outside 0 to 16383');
});

test('slot-ranges: print as CLUSTER NODES does', () => {
  expect(printSlots(slotsOf([0, 1, 2, 9, 11, 12]))).toBe('0-2 9 11-12');
  expect(printSlots(NO_SLOTS)).toBe('');
});

test('slot-ranges: operations leave their arguments alone', () => {
  const a: SlotRanges = Object.freeze([Object.freeze([0, 9] as const)]);
  const b: SlotRanges = Object.freeze([Object.freeze([3, 4] as const)]);
  unionSlots(a, b);
  withoutSlots(a, b);
  expect(a).toEqual([[0, 9]]);
});
