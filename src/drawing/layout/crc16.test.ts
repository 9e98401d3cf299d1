import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyCrc16, keySlot } from '../../protocol/key-slot';
import {
  bitsOf,
  byteEnd,
  hex,
  MOST_BYTES,
  needleAfter,
  registerAfter,
  SHIFTS_PER_BYTE,
  slotOf,
  visible,
  walkKey,
} from './crc16';

const anyKey = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant('\ufefftext with a mark'),
  fc.array(fc.constantFrom('{', '}', 'a', 'é', '键'), { maxLength: 12 }).map((c) => c.join('')),
);

describe('crc16: the walk', () => {
  test('ends where keyCrc16 and keySlot end (any key)', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const walk = walkKey(key);
        expect(registerAfter(walk, walk.shifts.length)).toBe(keyCrc16(key));
        expect(walk.slot).toBe(keySlot(key));
      }),
    );
  });

  test('each byte ends at the slot of the key cut off there (any text without braces)', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const key = text.replaceAll(/[{}]/g, '');
        const bytes = new TextEncoder().encode(key);
        for (const byte of walkKey(key).bytes) {
          expect(byte.slot).toBe(keySlot(bytes.subarray(0, byte.index + 1)));
        }
      }),
    );
  });

  test('each shift begins where the one before ended, the byte XORed in at the first of eight', () => {
    const { shifts, bytes } = walkKey('name');
    for (const shift of shifts) {
      const previous = shifts[shift.index - 1]?.after ?? 0;
      const isFirst = shift.index % SHIFTS_PER_BYTE === 0;
      const byteIn = isFirst ? bytes[shift.byte]!.value << 8 : 0;
      expect(shift.before).toBe(previous ^ byteIn);
      expect(shift.isXor).toBe(bitsOf(shift.before)[0]);
      expect(shift.after ^ shift.shifted).toBe(shift.isXor ? 0x1021 : 0);
    }
  });

  test('name: registers and slots after n, na, nam, name; the seventh shift of e', () => {
    const walk = walkKey('name');
    expect(walk.bytes.map(({ after, slot }) => [hex(after), slot])).toEqual([
      ['0x8D68', 3432],
      ['0x54A2', 5282],
      ['0x057A', 1402],
      ['0x16A6', 5798],
    ]);
    expect(walk.shifts[30]).toEqual({
      ...{ index: 30, byte: 3, before: 0x8db9, isXor: true, shifted: 0x1b72, after: 0x0b53 },
    });
    const xors = walk.shifts.filter((shift) => shift.isXor).map((shift) => shift.index + 1);
    expect(xors).toEqual([2, 3, 5, 9, 10, 11, 15, 19, 20, 21, 23, 26, 27, 30, 31]);
  });

  test('the check value of CRC-16/XMODEM: 123456789 gives 0x31C3', () => {
    expect(hex(walkKey('123456789').crc)).toBe('0x31C3');
  });

  test('no bytes, no shifts: the empty key is in slot 0', () => {
    expect(walkKey('')).toMatchObject({ bytes: [], shifts: [], crc: 0, slot: 0, tag: 'none' });
  });

  test('a key longer than the limit is followed in part and hashed in full', () => {
    const key = 'k'.repeat(MOST_BYTES + 1);
    const walk = walkKey(key);
    expect(walk.bytes).toHaveLength(MOST_BYTES);
    expect(walk.shifts).toHaveLength(MOST_BYTES * SHIFTS_PER_BYTE);
    expect(walk.hashedCount).toBe(MOST_BYTES + 1);
    expect(walk.slot).toBe(keySlot(key));
  });
});

describe('crc16: what is hashed', () => {
  test.each([
    ['foo', 'none', '', 'foo', ''],
    ['{user1000}.following', 'found', '{', 'user1000', '}.following'],
    ['user:{name}:cart', 'found', 'user:{', 'name', '}:cart'],
    ['foo{}{bar}', 'empty', '', 'foo{}{bar}', ''],
    ['foo{{bar}}zap', 'found', 'foo{', '{bar', '}}zap'],
    ['foo{bar}{zap}', 'found', 'foo{', 'bar', '}{zap}'],
    ['a}b{c', 'unclosed', '', 'a}b{c', ''],
    ['{键}', 'found', '{', '键', '}'],
  ])('%s: %s', (key, tag, before, hashed, after) => {
    expect(walkKey(key)).toMatchObject({ tag, pieces: [before, hashed, after] });
  });

  test('the pieces add up to the key, the middle one alone gives its slot (any key)', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const { pieces, slot, hashedCount } = walkKey(key);
        const bytes = (text: string) => new TextEncoder().encode(text);
        expect(bytes(pieces.join(''))).toEqual(bytes(key));
        expect(bytes(pieces[1])).toHaveLength(hashedCount);
        // Braces within the hashed part would be read as a tag of their own.
        if (!pieces[1].includes('{')) expect(keySlot(pieces[1])).toBe(slot);
      }),
    );
  });

  test('a character of several bytes stands at its first', () => {
    expect(walkKey('a键').bytes.map((byte) => byte.character)).toEqual(['a', '键', null, null]);
  });

  test('blanks are made visible', () => {
    expect([' ', '\t', '\u007f', 'a'].map(visible)).toEqual(['␣', '␉', '␡', 'a']);
  });
});

describe('crc16: moving', () => {
  const walk = walkKey('user:{name}:cart');

  test.each([
    [0, 1, 8],
    [7, 1, 8],
    [8, 1, 16],
    [32, 1, 32],
    [32, -1, 24],
    [25, -1, 24],
    [24, -1, 16],
    [3, -1, 0],
    [0, -1, 0],
  ] as const)('from shift %i by byte %i to shift %i', (from, direction, to) => {
    expect(byteEnd(walk, from, direction)).toBe(to);
  });

  test.each([
    [0, 0, ''],
    [7, 0, ''],
    [8, 3432, 'n'],
    [23, 5282, 'na'],
    [31, 1402, 'nam'],
    [32, 5798, 'user:{name}:cart'],
  ])('after %i shifts the needle is at slot %i, labelled "%s"', (done, slot, label) => {
    expect(needleAfter(walk, done)).toEqual({ slot, label });
  });

  test('of a long key the label keeps both ends', () => {
    const { label } = needleAfter(walkKey('session:0123456789abcdef:token'), 8 * 30);
    expect(label).toBe('session:01…cdef:token');
  });

  test('within a character the label says that more is to come', () => {
    const labels = [8, 16, 24].map((done) => needleAfter(walkKey('é键'), done).label);
    expect(labels).toEqual(['é…', 'é', 'é键…']);
  });

  test('the slot is the register less its two top bits', () => {
    expect(slotOf(0xffff)).toBe(16383);
    expect(slotOf(0xaf96)).toBe(12182);
  });
});
