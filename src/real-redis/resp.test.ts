import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../protocol/reply';
import { decodeReply, encodeCommand } from './resp';

const replyOf = (text: string): Reply | undefined => decodeReply(Buffer.from(text))?.reply;

describe('RESP: replies', () => {
  test.each<[string, Reply]>([
    ['+OK\r\n', { type: 'status', text: 'OK' }],
    ['-MOVED 866 :7001\r\n', { type: 'error', text: 'MOVED 866 :7001' }],
    [':-3\r\n', { type: 'integer', value: -3 }],
    ['$2\r\né\r\n', { type: 'bulk', text: 'é' }],
    ['$0\r\n\r\n', { type: 'bulk', text: '' }],
    ['$-1\r\n', { type: 'nil' }],
    ['*-1\r\n', { type: 'nil' }],
    ['*0\r\n', { type: 'array', items: [] }],
    [
      '*2\r\n:1\r\n*1\r\n$1\r\na\r\n',
      {
        type: 'array',
        items: [
          { type: 'integer', value: 1 },
          { type: 'array', items: [{ type: 'bulk', text: 'a' }] },
        ],
      },
    ],
  ])('%j', (text, reply) => {
    expect(replyOf(text)).toEqual(reply);
  });

  test('a reply that is not all there yet is none', () => {
    const whole = '*2\r\n$3\r\nabc\r\n:7\r\n';
    for (let length = 0; length < whole.length; length++) {
      expect(length > 0 ? decodeReply(Buffer.from(whole.slice(0, length))) : null).toBeNull();
    }
  });

  test('anything else is refused in a sentence', () => {
    expect(() => replyOf('HTTP/1.1\r\n')).toThrow('a reply begins with +, -, :, $ or *');
  });
});

test('RESP: a command is an array of bulk strings, and reads back as one', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (argv) => {
      const items = argv.map((text) => ({ type: 'bulk', text }));
      expect(replyOf(encodeCommand(argv))).toEqual({ type: 'array', items });
    }),
  );
});
