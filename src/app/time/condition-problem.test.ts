import { expect, test } from 'vitest';
import { compileCondition } from '../../lesson/conditions';
import { futures as en } from '../../words/en/futures';
import { futures as zh } from '../../words/zh-CN/futures';
import { conditionProblem } from './condition-problem';

function told(text: string, { wrong } = en.until): string {
  const compiled = compileCondition(text);
  return compiled.ok ? 'fine' : conditionProblem(text, compiled.error, wrong);
}

test.each([
  ['seln(8904)', 'Character 1: nothing here is called “seln”. The nearest name is self.'],
  [
    'self(8904).curentEpoch > 6',
    'Character 12: nothing here is called “curentEpoch”. The nearest name is currentEpoch.',
  ],
  ['sees(8904)', 'Character 1: “sees” takes other values, or another number of them.'],
  ['seen(', en.until.wrong.ends],
  ['"abc', en.until.wrong.ends],
  ['self(8904)) > 1', 'Character 11: “)” does not belong here.'],
  ['self(8904).currentEpoch > "a"', 'The two sides of “>” are not of one kind.'],
  ['self(8904).currentEpoch > 6', 'fine'],
])('%s', (text, sentence) => {
  expect(told(text)).toBe(sentence);
});

test('what would take too long says so, and all of it is said in Chinese, too', () => {
  expect(told('"a".matches("b")')).toBe(en.until.wrong.costly);
  const wrong = [
    'seln(8904)',
    'sees(8904)',
    'seen(',
    'self(8904)) > 1',
    '1 > "a"',
    '"a".matches("b")',
  ];
  for (const text of wrong) expect(told(text, zh.until)).toMatch(/^[^a-z]*\p{Script=Han}/u);
});
