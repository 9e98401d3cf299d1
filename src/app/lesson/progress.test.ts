import { afterEach, expect, test, vi } from 'vitest';
import { readProgress } from './progress';

afterEach(() => vi.unstubAllGlobals());

const kept = (text: string | null) => {
  vi.stubGlobal('localStorage', { getItem: () => text });
  return readProgress();
};

test('progress: what was kept comes back, guesses of every kind', () => {
  const guesses = { a: 'x', b: 3, c: ['x', 'y'], d: null };
  const progress = { slots: { step: 'intro', isDone: true, guesses } };
  expect(kept(JSON.stringify(progress))).toEqual(progress);
});

test.each([
  [null],
  ['not JSON'],
  ['[]'],
  ['{"slots": 1}'],
  ['{"slots": {"step": 1, "isDone": true, "guesses": {}}}'],
  ['{"slots": {"step": "a", "isDone": true, "guesses": {"a": {}}}}'],
  ['{"slots": {"step": "a", "isDone": true, "guesses": {"a": [1]}}}'],
])('progress: %s counts as nothing', (text) => {
  expect(kept(text)).toEqual({});
});
