import { describe, expect, test } from 'vitest';
import { printReply, type Reply } from '../../protocol/reply';
import { commandOnWire, errorOnWire, replyOnWire, type WirePart } from './resp';

const joined = (parts: readonly WirePart[]) => parts.map(({ text }) => text).join('');
const bulk = (text: string): Reply => ({ type: 'bulk', text });

describe('on the wire', () => {
  test('a command is an array of bulk strings, its words marked', () => {
    const parts = commandOnWire(['GET', 'name']);
    expect(joined(parts)).toBe(String.raw`*2\r\n$3\r\nGET\r\n$4\r\nname\r\n`);
    expect(parts.filter(({ isPayload }) => isPayload).map(({ text }) => text)).toEqual([
      'GET',
      'name',
    ]);
  });

  test('lengths are bytes, not letters', () => {
    expect(joined(commandOnWire(['SET', '名']))).toContain(String.raw`$3\r\n名`);
  });

  test('an error keeps its words', () => {
    expect(joined(errorOnWire('MOVED 5798 127.0.0.1:8902'))).toBe(
      String.raw`-MOVED 5798 127.0.0.1:8902\r\n`,
    );
  });

  test.each<[string, Reply, string]>([
    ['a status', { type: 'status', text: 'OK' }, String.raw`+OK\r\n`],
    ['an integer', { type: 'integer', value: 5798 }, String.raw`:5798\r\n`],
    ['nothing', { type: 'nil' }, String.raw`$-1\r\n`],
    ['an error', { type: 'error', text: 'ERR no' }, String.raw`-ERR no\r\n`],
    ['a string with quotes', bulk('say "hi"'), String.raw`$8\r\nsay "hi"\r\n`],
    ['an empty list', { type: 'array', items: [] }, String.raw`*0\r\n`],
    [
      'a list in a list',
      {
        type: 'array',
        items: [{ type: 'array', items: [{ type: 'integer', value: 1 }, bulk('a')] }, bulk('b')],
      },
      String.raw`*2\r\n*2\r\n:1\r\n$1\r\na\r\n$1\r\nb\r\n`,
    ],
    [
      'ten items, whose numbers are as wide',
      {
        type: 'array',
        items: Array.from({ length: 10 }, (_, value) => ({ type: 'integer', value })),
      },
      String.raw`*10` +
        Array.from({ length: 10 }, (_, i) => String.raw`\r\n:${i}`).join('') +
        String.raw`\r\n`,
    ],
  ])('%s, from what redis-cli prints of it', (_, reply, wire) => {
    expect(joined(replyOnWire(printReply(reply)))).toBe(wire);
  });
});
