import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keySlot } from './key-slot';
import {
  NO_KEYS,
  allKeys,
  findKey,
  keysInSlot,
  keyspaceOf,
  slotsWithKeys,
  valuesOf,
  withKeys,
  withoutKeys,
  withoutKeysInSlots,
  type Keyspace,
} from './keyspace';

const put = (keys: Keyspace, key: string, value = '1', expiresAtMs = 0): Keyspace =>
  withKeys(keys, [{ key, value, expiresAtMs }]);
const names = (keys: Keyspace, slot: number): string[] =>
  keysInSlot(keys, slot).map(({ key }) => key);

describe('keyspace: one slot', () => {
  const slot = keySlot('{t}');
  const keys = ['{t}1', '{t}2', '{t}3'].reduce((all, key) => put(all, key), NO_KEYS);

  test('the newest key comes first; one written again keeps its place', () => {
    expect(names(keys, slot)).toEqual(['{t}3', '{t}2', '{t}1']);
    expect(names(put(keys, '{t}1', '2'), slot)).toEqual(['{t}3', '{t}2', '{t}1']);
    expect(names(put(withoutKeys(keys, ['{t}1']), '{t}1'), slot)).toEqual(['{t}1', '{t}3', '{t}2']);
  });

  test('numbers are keys like others', () => {
    expect(names(put(put(NO_KEYS, '{}2'), '{}1'), keySlot('{}1'))).toEqual(['{}1']);
    expect(valuesOf(keyspaceOf({ constructor: '1', '12': '2' }))).toEqual({
      constructor: '1',
      '12': '2',
    });
    expect(findKey(NO_KEYS, 'toString')).toBeNull();
  });

  test('its keys can be dropped together', () => {
    const mixed = put(keys, 'foo');
    expect(valuesOf(withoutKeysInSlots(mixed, [[slot, slot]]))).toEqual({ foo: '1' });
    expect(withoutKeysInSlots(mixed, [[0, 0]])).toBe(mixed);
  });
});

test('keyspace: a property: it holds what a map would, and counts it', () => {
  const key = fc.constantFrom('a', 'b', '{a}1', '{a}2', '__proto__', '7');
  const write = fc.record({ key, value: fc.string(), expiresAtMs: fc.constantFrom(0, 9) });
  const change = fc.oneof(
    write.map((stored) => ({ stored, gone: null })),
    key.map((gone) => ({ stored: null, gone })),
  );
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const model = new Map<string, string>();
      let keys = NO_KEYS;
      for (const { stored, gone } of changes) {
        keys = stored ? withKeys(keys, [stored]) : withoutKeys(keys, [gone]);
        if (stored) model.set(stored.key, stored.value);
        else model.delete(gone);
      }
      expect(new Map(allKeys(keys).map((one) => [one.key, one.value]))).toEqual(model);
      expect(keys.count).toBe(model.size);
      expect(keys.expiring).toBe(allKeys(keys).filter((one) => one.expiresAtMs > 0).length);
      expect(slotsWithKeys(keys)).toEqual(
        [...new Set([...model.keys()].map((one) => keySlot(one)))].sort((a, b) => a - b),
      );
      expect(JSON.parse(JSON.stringify(keys))).toEqual(keys);
      if (model.size === 0) expect(keys).toEqual(NO_KEYS);
    }),
  );
});
