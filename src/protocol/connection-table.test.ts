import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionTable } from './connection-table';

const plainIds = fc
  .tuple(fc.integer({ min: 8900, max: 8910 }), fc.integer({ min: 1, max: 40 }))
  .map(([port, number]) => `${port}#${number}`);
const strangeIds = fc.constantFrom(
  ...['', '#', '8901', '8901#', '#3', '08901#3', '8901#03', '8901#0', '8901#70000', '70000#1'],
  ...['8901#3#4', '8901#-3', '8901# 3', '123456#1', 'client#2', '8901#3x', '65535#65535'],
);
const ids = fc.oneof({ weight: 4, arbitrary: plainIds }, { weight: 1, arbitrary: strangeIds });

test('a table of connections is a map by their ids, whatever they look like', () => {
  const changes = fc.array(fc.tuple(ids, fc.option(fc.nat(9))), { maxLength: 300 });
  fc.assert(
    fc.property(changes, (list) => {
      const table = new ConnectionTable<number>();
      const wanted = new Map<string, number>();
      for (const [id, value] of list) {
        if (value === null) table.delete(id);
        else table.set(id, value);
        if (value === null) wanted.delete(id);
        else wanted.set(id, value);
        expect([table.get(id), table.has(id)]).toEqual([wanted.get(id), wanted.has(id)]);
      }
      expect(new Map(table)).toEqual(wanted);
      expect(table.size).toBe(wanted.size);
    }),
  );
});

test('a table of connections: a copy and what it was made from go their own ways', () => {
  const table = new ConnectionTable<number>();
  for (let number = 1; number <= 100; number++) table.set(`8901#${number}`, number);
  const copy = table.copy();
  table.delete('8901#50');
  copy.set('8901#1', -1);
  copy.set('stranger', 7);
  expect([table.get('8901#1'), table.get('stranger'), table.size]).toEqual([1, undefined, 99]);
  expect([copy.get('8901#50'), copy.size]).toEqual([50, 101]);
});
