import { expect, test } from 'vitest';
import { caption as words } from '../../words/en/caption';
import { outlookLine } from './outlook-line';

const lineOf = (side: readonly string[], able: readonly string[]) =>
  outlookLine({ kind: 'minority', size: 10, needed: 6, side, able }, words)!.line;
const names = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => String(from + i));

test('a small side is named whole, of a larger one the masters, of many the first', () => {
  expect(lineOf(['8901', '8904'], ['8901'])).toContain('of 8901, 8904,');
  const three = names(8_908, 3);
  expect(lineOf([...three, ...names(8_918, 3), ...names(8_928, 3)], three)).toContain(
    'of 8908, 8909, 8910,',
  );
  const many = lineOf(names(8_901, 30), names(8_901, 19));
  expect(many).toContain('8905, 8906 …');
  expect(many).not.toContain('8907');
});
