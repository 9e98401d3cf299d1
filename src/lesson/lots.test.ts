import { describe, expect, test } from 'vitest';
import type { LessonStep } from './lesson';
import { drawnLesson, drawnLessons, lotsOf, nextLot } from './lots';

const step = (id: string, lot: string | null = null) => ({ id, lot }) as LessonStep;
const lesson = { steps: [step('start'), step('case-a', 'a'), step('case-b', 'b'), step('end')] };
const ids = (steps: readonly LessonStep[]) => steps.map(({ id }) => id);

describe('a lesson with lots', () => {
  test('names them in the order of their steps', () => {
    expect(lotsOf(lesson)).toEqual(['a', 'b']);
  });

  test('keeps the steps of all, and those of the lot that was drawn', () => {
    expect(ids(drawnLesson(lesson, 'b').steps)).toEqual(['start', 'case-b', 'end']);
  });

  test('is judged once for each lot', () => {
    expect(drawnLessons(lesson).map(({ steps }) => steps.length)).toEqual([3, 3]);
  });

  test('after the last lot comes the first', () => {
    expect(nextLot(lesson, 'a')).toBe('case-b');
    expect(nextLot(lesson, 'b')).toBe('case-a');
  });
});

test('a lesson without lots stays as it is', () => {
  const plain = { steps: [step('start'), step('end')] };
  expect(drawnLessons(plain)).toEqual([plain]);
});

test('one lot has no next', () => {
  expect(nextLot({ steps: [step('only', 'a')] }, 'a')).toBeNull();
});
