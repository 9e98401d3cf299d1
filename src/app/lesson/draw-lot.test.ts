// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import type { LessonStep } from '../../lesson/lesson';
import { drawLot } from './draw-lot';

const step = (id: string, lot: string | null = null) => ({ id, lot }) as LessonStep;
const lesson = {
  slug: 'x',
  steps: [step('start'), step('case-a', 'a'), step('case-b', 'b'), step('end')],
};

beforeEach(() => localStorage.clear());

test('a link to a step brings the lot of that step', () => {
  expect(drawLot(lesson, 'case-b')).toBe('b');
});

test('what was drawn once is kept, for steps of all lots too', () => {
  const first = drawLot(lesson, null);
  expect(drawLot(lesson, 'end')).toBe(first);
  drawLot(lesson, first === 'a' ? 'case-b' : 'case-a');
  expect(drawLot(lesson, null)).not.toBe(first);
});

test('a lesson without lots draws none', () => {
  expect(drawLot({ slug: 'y', steps: [step('start')] }, 'start')).toBeNull();
});
