import { expect, test } from 'vitest';
import { finelyPrinted, printOf } from './canvas-print';

test('a canvas is printed as finely as its painter can, else as it is', () => {
  const canvas = document.createElement('canvas');
  const finer = document.createElement('canvas');
  canvas.toDataURL = () => 'as it is';
  finer.toDataURL = () => 'finer';
  expect(printOf(canvas, 2)).toBe('as it is');
  const asked: number[] = [];
  const takeBack = finelyPrinted(canvas, (times) => {
    asked.push(times);
    return finer;
  });
  expect([printOf(canvas, 2), asked]).toEqual(['finer', [2]]);
  takeBack();
  expect(printOf(canvas, 2)).toBe('as it is');
});
