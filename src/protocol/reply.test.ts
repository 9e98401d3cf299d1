import { expect, test } from 'vitest';
import { NIL, OK, err, parseRedirect, printReply, replyKind, type Reply } from './reply';

const bulk = (text: string): Reply => ({ type: 'bulk', text });
const error = (text: string): Reply => ({ type: 'error', text });

test.each<[string, Reply, string, string]>([
  ['a status', OK, 'OK', 'ok'],
  ['a string', bulk('a "b"'), '"a \\"b\\""', 'value'],
  ['lines of text, as they are', bulk('a:1\r\nb:2\r\n'), 'a:1\r\nb:2\r\n', 'value'],
  ['a value with a line break', bulk('a\nb'), '"a\\nb"', 'value'],
  ['other than ASCII', bulk('日'), '"\\xe6\\x97\\xa5"', 'value'],
  ['a number', { type: 'integer', value: 7 }, '(integer) 7', 'value'],
  ['nothing', NIL, '(nil)', 'nil'],
  ['an empty array', { type: 'array', items: [] }, '(empty array)', 'value'],
  ['an array', { type: 'array', items: [bulk('a'), NIL] }, '1) "a"\n2) (nil)', 'value'],
  ['an error', err('syntax error'), '(error) ERR syntax error', 'ERR'],
  ['MOVED', error('MOVED 1 127.0.0.1:8902'), '(error) MOVED 1 127.0.0.1:8902', 'MOVED'],
  ['TRYAGAIN', error('TRYAGAIN x'), '(error) TRYAGAIN x', 'TRYAGAIN'],
])('reply: %s, as redis-cli prints it', (_, reply, text, kind) => {
  expect(printReply(reply)).toBe(text);
  expect(replyKind(reply)).toBe(kind);
});

test('reply: an array within an array keeps its numbers in a column', () => {
  const items = Array.from({ length: 10 }, (): Reply => ({ type: 'integer', value: 0 }));
  const nested: Reply = { type: 'array', items: [{ type: 'array', items: items.slice(0, 2) }] };
  expect(printReply(nested)).toBe('1) 1) (integer) 0\n   2) (integer) 0');
  expect(printReply({ type: 'array', items }).split('\n')[0]).toBe(' 1) (integer) 0');
});

test.each([
  [
    'MOVED 3999 127.0.0.1:8902',
    { kind: 'MOVED', slot: 3999, address: '127.0.0.1:8902', port: 8902 },
  ],
  ['ASK 0 127.0.0.1:8903', { kind: 'ASK', slot: 0, address: '127.0.0.1:8903', port: 8903 }],
  ['MOVED 0 :8901', { kind: 'MOVED', slot: 0, address: ':8901', port: 8901 }],
  ['ERR MOVED 1 127.0.0.1:1', null],
  ['MOVED x 127.0.0.1:1', null],
])('reply: the redirect in %j', (text, expected) => {
  expect(parseRedirect(error(text))).toEqual(expected);
});
