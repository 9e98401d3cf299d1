import { expect, test } from 'vitest';
import { healthyFrame } from '../fixtures';
import { slotOwners } from './crc16-owner';

const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });

test('slot-owner: the master whose range holds the slot, with its shard (bird’s eye)', () => {
  const ownerOf = slotOwners(frame, null);
  expect(ownerOf(5798)).toEqual({ name: '8902', shard: 1, range: [5461, 10922] });
  expect(ownerOf(0)?.name).toBe('8901');
  expect(ownerOf(16383)).toMatchObject({ name: '8903', shard: 2 });
});

test('slot-owner: through one node’s eyes its own table counts', () => {
  const [first, ...rest] = frame.nodes;
  const rows = first!.view.rows.map((row) => (row.name === '8902' ? { ...row, slots: [] } : row));
  const nodes = [{ ...first!, view: { ...first!.view, rows } }, ...rest];
  const split = { ...frame, nodes };
  expect(slotOwners(split, '8901')(5798)).toBeNull();
  expect(slotOwners(split, '8904')(5798)?.name).toBe('8902');
  expect(slotOwners(split, null)(5798)?.name).toBe('8902');
});
