import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashedBytes, keyCrc16, keySlot } from './key-slot';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, i) => i);

/** Every slot here was answered by CLUSTER KEYSLOT of a redis-server 7.0.15. */
const VECTORS: readonly (readonly [key: string | Uint8Array, slot: number])[] = [
  ['', 0],
  ['a', 15495],
  ['foo', 12182],
  ['bar', 5061],
  ['hello', 866],
  ['123456789', 12739],
  ['{}', 15257],
  ['{}foo', 9500],
  ['foo{}', 5542],
  ['foo{}{bar}', 8363],
  ['foo{bar}{zap}', 5061],
  ['foo{{bar}}zap', 4015],
  ['{user1000}.following', 3443],
  ['{user1000}.followers', 3443],
  ['user1000', 3443],
  ['{bar', 4015],
  ['bar}', 6624],
  ['foo}bar{', 11073],
  ['}{a}', 15495],
  ['}a{b}', 3300],
  ['{a', 10276],
  ['a}', 5921],
  ['{{}}', 4092],
  ['{', 4092],
  ['}', 12090],
  ['{}}', 14790],
  ['{}{a}', 13650],
  ['{a}{}', 15495],
  ['{ }', 9314],
  [' ', 9314],
  ['日本', 10949],
  ['{日本}x', 10949],
  ['\u00e9', 10180],
  ['e\u0301', 8715],
  ['😀', 2959],
  [bytes(0), 0],
  [bytes(0, 0), 0],
  [bytes(0xff, 0xfe, 0, 1), 9169],
  [EVERY_BYTE, 16155],
  ['{\0}k', 0],
  ['k\r\nv', 13318],
  ['key:0', 2592],
  ['key:1', 6657],
  ['06S', 0],
  ['key9184688', 10923],
  ['aga', 609],
  ['order1', 10479],
  ['ch3', 1672],
  ['ch7', 1548],
  ['mychannel', 10059],
  ['channel.0', 7312],
  ['a'.repeat(1024), 10609],
  ['A', 6373],
  ['x{foo}y{bar', 12182],
  ['{foo}}bar', 12182],
  ['{{foo}bar', 13308],
  ['b', 3300],
  ['bb', 8620],
  ['x', 16287],
  ['hello2', 7486],
  ['k', 7629],
];

describe('key-slot: what redis-server answers', () => {
  test.each(VECTORS)('%j is in slot %i', (key, slot) => {
    expect(keySlot(key)).toBe(slot);
  });
});

test('key-slot: the checksum is CRC-16/XMODEM (check value 31C3)', () => {
  expect(keyCrc16('123456789')).toBe(0x31c3);
});

/** CRC-16 bit by bit, straight from its polynomial: nothing in common with a table. */
function crcBitByBit(data: readonly number[]): number {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc;
}

/** The hash tag by regular expression on a byte string: nothing in common with indexOf. */
function tagByPattern(data: readonly number[]): number[] {
  const text = String.fromCharCode(...data);
  const tag = /^[^{]*\{([^}]+)\}/s.exec(text)?.[1] ?? text;
  return [...tag].map((char) => char.charCodeAt(0));
}

const braceBytes = fc.array(fc.constantFrom(0x61, 0x62, 0x7b, 0x7d, 0, 0xff, 0x7a), {
  maxLength: 12,
});

test('key-slot: agrees with an independent rule on keys full of braces', () => {
  fc.assert(
    fc.property(braceBytes, (data) => {
      expect(keySlot(Uint8Array.from(data))).toBe(crcBitByBit(tagByPattern(data)) % 16384);
    }),
    { numRuns: 2_000 },
  );
});

test('key-slot: keys with the same tag share a slot, whatever stands around it', () => {
  const plain = fc.string({ unit: 'grapheme', maxLength: 8 }).map((s) => s.replace(/[{}]/g, ''));
  const tag = plain.filter((text) => text.length > 0);
  fc.assert(
    fc.property(plain, tag, plain, (before, name, after) => {
      expect(keySlot(`${before}{${name}}${after}`)).toBe(keySlot(name));
    }),
  );
});

test('key-slot: only the first opening brace counts; an empty tag is not skipped', () => {
  expect([...hashedBytes(bytes(0x7b, 0x7d, 0x7b, 0x61, 0x7d))]).toHaveLength(5);
});
