import { expect, test } from 'vitest';
import { lesson as en } from '../../words/en/lesson';
import { lesson as zh } from '../../words/zh-CN/lesson';
import { numberProblem } from './number-problem';

test('a guess is a number, and not less than can be', () => {
  expect(numberProblem(0, 0, en)).toBeNull();
  expect(numberProblem(1.5, 0, zh)).toBeNull();
  expect(numberProblem(null, 0, en)).toBe('Write a number, 0 or more.');
  expect(numberProblem(-1, 0, en)).toBe('-1 is too small: write a number, 0 or more.');
  expect(numberProblem(-1, 0, zh)).toBe('-1 太小了：请写一个数，0 或更大。');
  expect(numberProblem(Number.NaN, 12, zh)).toBe('请写一个数，12 或更大。');
});
