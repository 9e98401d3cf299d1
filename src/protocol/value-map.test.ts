import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValueMap } from './value-map';

const sorted = (map: Iterable<[number, number]>): [number, number][] =>
  [...map].sort(([a], [b]) => a - b);

/** Which version is changed, at which key, and to what; null: it goes. */
const changes = fc.array(
  fc.record({
    version: fc.nat(),
    key: fc.nat(5),
    value: fc.option(fc.nat(3)),
    read: fc.nat(),
  }),
  { minLength: 1, maxLength: 60 },
);

test('a map as a value: any version can be read and changed at any time, and never minds', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const versions = [ValueMap.from<number, number>()];
      const wanted = [new Map<number, number>()];
      for (const { version, key, value, read } of list) {
        const from = version % versions.length;
        const map = new Map(wanted[from]);
        if (value === null) map.delete(key);
        else map.set(key, value);
        const before = versions[from]!;
        versions.push(value === null ? before.delete(key) : before.set(key, value));
        wanted.push(map);
        const at = read % versions.length;
        expect(sorted(versions[at]!)).toEqual(sorted(wanted[at]!));
      }
      expect(versions.map(sorted)).toEqual(wanted.map(sorted));
    }),
  );
});

test('a map as a value: the first of thousands of versions reads as it always did', () => {
  const first = ValueMap.from(Array.from({ length: 300 }, (_, i) => [i, i] as const));
  let last = first;
  for (let i = 0; i < 5_000; i++) last = last.set(i % 300, -i);
  expect(sorted(first)).toEqual(Array.from({ length: 300 }, (_, i) => [i, i]));
  expect(last.get(299)).toBe(-4_799);
  expect(last.size).toBe(300);
});

test('a map as a value: to set what is there makes nothing new, and one can ask what is there', () => {
  const map = ValueMap.from<string, number>([['a', 1]]);
  expect(map.set('a', 1)).toBe(map);
  expect(map.delete('b')).toBe(map);
  expect([map.has('a'), map.has('b'), map.get('b')]).toEqual([true, false, undefined]);
  expect([[...map.keys()], [...map.values()]]).toEqual([['a'], [1]]);
  expect(JSON.stringify(map)).toBe('{"a":1}');
});
