import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, quoted, textOf } from '../byte-text';
import { crc64 } from './crc64';
import { dumpPayload, loadPayload } from './dump-payload';

const hex = (text: string): string =>
  [...bytesOf(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string): string =>
  textOf(Uint8Array.from(text.match(/../g)!.map((pair) => parseInt(pair, 16))));

test('the checksum of 123456789 is that of CRC-64/Jones', () => {
  expect(crc64(bytesOf('123456789'))).toBe(0xe9c6d914c4b8d9can);
});

describe('payload: as redis-server 7.0 dumps it', () => {
  test.each([
    ['v', '0001760a009108ceb219388ace'],
    ['', '00000a005d9b5c400f7fa2da'],
    ['-1', '00c0ff0a000c937e2485089dc5'],
    ['127', '00c07f0a000db5eb315254c514'],
    ['128', '00c180000a00eb7ab3b510cf4b65'],
    ['-129', '00c17fff0a001760822854808480'],
    ['32768', '00c2008000000a0045d82eedd5bda910'],
    ['2147483648', '000a323134373438333634380a00e7b129a34c1d76ee'],
    ['007', '00033030370a007258e27b4c69bad9'],
    ['日本', '0006e697a5e69cac0a002be27d482983591e'],
    ['abcdefghijabcdefghij', '00146162636465666768696a6162636465666768696a0a0018bcb707080caaea'],
  ])('%s', (value, expected) => {
    expect(hex(dumpPayload(value))).toBe(expected);
    expect(loadPayload(fromHex(expected))).toBe(value);
  });
});

test.each([
  ['a'.repeat(100), '00c3094064016161e057000161610a00e8a3b507b06df271'],
  [
    'hello world '.repeat(5),
    '00c3143c0c68656c6c6f20776f726c642068e0240b0164200a00d20bcd902c3f7737',
  ],
])('payload: what redis-server has compressed is understood: %s', (value, compressed) => {
  expect(loadPayload(fromHex(compressed))).toBe(value);
});

describe('payload: what is refused', () => {
  const refusal = (payload: string): string => {
    try {
      return loadPayload(payload);
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('one wrong byte, a newer version, too few bytes', () => {
    const wrong = 'DUMP payload version or checksum are wrong';
    expect(refusal(fromHex('0001770a009108ceb219388ace'))).toBe(wrong);
    expect(refusal(fromHex('0001760b009108ceb219388ace'))).toBe(wrong);
    expect(refusal('v')).toBe(wrong);
  });
});

test('bytes: every byte string has one text, and that text has the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(bytesOf(textOf(bytes))).toEqual(bytes);
      expect(JSON.parse(JSON.stringify(textOf(bytes)))).toBe(textOf(bytes));
    }),
  );
});

test('payload: what is dumped can be restored', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(loadPayload(dumpPayload(textOf(bytes)))).toBe(textOf(bytes));
    }),
  );
});

test('bytes: redis-cli prints what is not plain ASCII escaped', () => {
  expect(quoted('é "a"\\\n')).toBe('"\\xc3\\xa9 \\"a\\"\\\\\\n"');
  expect(quoted(dumpPayload('v'))).toBe('"\\x00\\x01v\\n\\x00\\x91\\b\\xce\\xb2\\x198\\x8a\\xce"');
});
