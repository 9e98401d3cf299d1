import { expect, test } from 'vitest';
import { readBridgeLink } from './live-token';

const TOKEN = '0123456789abcdef'.repeat(2);

test('the link of a bridge holds where it is and the key to it', () => {
  const link = ` http://127.0.0.1:7700/#/live?token=${TOKEN}\n`;
  expect(readBridgeLink(link)).toEqual({ host: '127.0.0.1:7700', token: TOKEN });
});

test.each([
  ['another host', `http://example.com:80/#/live?token=${TOKEN}`],
  ['another page', `http://127.0.0.1:7700/#/sandbox?token=${TOKEN}`],
  ['half a key', `http://127.0.0.1:7700/#/live?token=${TOKEN.slice(1)}`],
  ['no key', 'http://127.0.0.1:7700/#/live'],
])('%s is refused', (_name, link) => {
  expect(readBridgeLink(link)).toBeNull();
});
