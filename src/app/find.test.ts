import { describe, expect, test } from 'vitest';
import { findAmong, type SlotTable } from './find';

const NODES = Array.from({ length: 30 }, (_, i) => ({ name: String(8901 + i) }));
const TABLE: SlotTable = new Map([
  ['8901', { slots: [[0, 8191]] }],
  ['8902', { slots: [[8192, 12_000]] }],
]);
const find = (text: string) => findAmong(text, NODES, () => TABLE);

describe('find', () => {
  test('a whole port, then the slot of the same number', () => {
    expect(find('8917')).toEqual([
      { by: 'port', node: '8917' },
      { by: 'slot', node: '8902', slot: 8917 },
    ]);
  });

  test('the last two digits of a port, as discs show them', () => {
    expect(find('17').map(({ node }) => node)).toEqual(['8917', '8901']);
  });

  test('a slot that nobody serves is found, without an owner', () => {
    expect(find('16383')).toEqual([{ by: 'slot', node: null, slot: 16_383 }]);
  });

  test('anything else is a key; the hash tag counts', () => {
    expect(find('{foo}.bar')).toEqual([{ by: 'key', node: null, slot: 12_182, key: '{foo}.bar' }]);
  });

  test('a number that is neither finds nothing', () => {
    expect([find('99999'), find('  ')]).toEqual([[], []]);
  });
});
