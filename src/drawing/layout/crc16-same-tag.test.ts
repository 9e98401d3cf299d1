import { describe, expect, test } from 'vitest';
import { keySlot } from '../../protocol/key-slot';
import { walkKey } from './crc16';
import { sameTagKeys } from './crc16-same-tag';

const same = (key: string) => sameTagKeys(walkKey(key)).map((pieces) => pieces.join(''));

describe('crc16-same-tag', () => {
  test('names two other keys of the same slot', () => {
    expect(same('user:{name}:cart')).toEqual(['{name}', 'order:{name}:7']);
    expect(same('name')).toEqual(['{name}', 'order:{name}:7']);
  });

  test('does not name the key itself', () => {
    expect(same('{name}')).toEqual(['order:{name}:7', 'cart:{name}']);
  });

  test('every key it names has the slot', () => {
    for (const key of ['foo', 'foo{{bar}}zap', '{user1000}.following', '键']) {
      for (const other of same(key)) expect(keySlot(other)).toBe(keySlot(key));
    }
  });

  test('a text with a closing brace cannot be a tag', () => {
    expect(same('a}b')).toEqual([]);
  });

  test('none for what is too long to read', () => {
    expect(same('x'.repeat(40))).toEqual([]);
  });
});
