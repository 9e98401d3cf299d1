import { expect, test } from 'vitest';
import { bytesOf } from '../byte-text';
import { callOf, settledNode, turnOf } from '../fixtures/node-fixture';
import { printReply, type Reply } from '../reply';
import { processCommand } from './process-command';

const answer = (...argv: string[]): Reply =>
  processCommand(turnOf(settledNode('8901')), { ...callOf('X'), argv })!;
const dumped = answer('FUNCTION', 'DUMP');
const payload = dumped.type === 'bulk' ? dumped.text : '';

test('FUNCTION DUMP: the version and the checksum of nothing, as a real server sends them', () => {
  const hex = [...bytesOf(payload)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  expect(hex).toBe('0a005d9b5c400f7fa2da');
});

test('FUNCTION LIST: none', () => {
  expect(printReply(answer('FUNCTION', 'LIST'))).toBe('(empty array)');
});

test.each([
  [['RESTORE', payload], 'OK'],
  [['restore', payload, 'replace'], 'OK'],
  [['RESTORE', 'abc'], '(error) ERR DUMP payload version or checksum are wrong'],
  [
    ['RESTORE', payload, 'MERGE'],
    '(error) ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.',
  ],
])('FUNCTION %j: %s', (argv, expected) => {
  expect(printReply(answer('FUNCTION', ...argv))).toBe(expected);
});
