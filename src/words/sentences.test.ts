import { expect, test } from 'vitest';
import { inOneLine } from './sentences';

test.each([
  [['One.', 'Two.'], 'One. Two.'],
  [['第一句。', '第二句？', '第三句。'], '第一句。第二句？第三句。'],
  [['只有一句。'], '只有一句。'],
  [['A.', '', 'B.'], 'A. B.'],
])('sentences: %j stand one after the other', (sentences, line) => {
  expect(inOneLine(sentences)).toBe(line);
});
