import { describe, expect, test } from 'vitest';
import { isIpAddress, normalIp } from './ip-address';

describe('ip address: one way to write each', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fe80::', 'fe80::'],
    ['::ffff:192.168.1.1', '::ffff:192.168.1.1'],
    ['::C0A8:101', '::192.168.1.1'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ])('%s: %s', (text, normal) => {
    expect(normalIp(text)).toBe(normal);
  });
});

test.each([
  '',
  'localhost',
  '127.0.0',
  '127.0.0.256',
  '127.0.0.01',
  '1.2.3.4::1',
  '::1::2',
  ':::',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7',
  '1:2:3:4::5:6:7:8',
  '::12345',
  '::g',
])('ip address: "%s" is none', (text) => {
  expect(isIpAddress(text)).toBe(false);
});
