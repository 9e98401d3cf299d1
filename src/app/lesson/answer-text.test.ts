import { expect, test } from 'vitest';
import { unitText } from './answer-text';

test.each([
  ['1', 'slots', 'slot'],
  ['1', 'other nodes', 'other node'],
  ['1', 'MEETs', 'MEET'],
  ['1', 'messages a second', 'message a second'],
  ['1', 'ms', 'ms'],
  ['1', 's', 's'],
  ['1', 'MOVED', 'MOVED'],
  ['1', '个槽位', '个槽位'],
  ['0', 'slots', 'slots'],
  ['10–13', 'nodes', 'nodes'],
])('%s of “%s” is written with “%s”', (count, unit, written) => {
  expect(unitText(unit, count)).toBe(`\u00a0${written}`);
});

test('a number without a unit stands alone', () => {
  expect(unitText(null, '7')).toBe('');
});
