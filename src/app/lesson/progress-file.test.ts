import { expect, test } from 'vitest';
import type { Progress } from './progress';
import { countProgress, mergeProgress, printProgressFile, readProgressFile } from './progress-file';

const HERE: Progress = {
  slots: { step: 'ring', isDone: false, guesses: {} },
  moved: { step: 'door', isDone: false, guesses: { door: 'a', why: null } },
  reports: { step: 'end', isDone: true, guesses: { own: 2 } },
};

test('progress: a file that was saved reads back', () => {
  expect(readProgressFile(printProgressFile(HERE))).toEqual(HERE);
});

test('progress: lessons seen, predicted in, done', () => {
  expect(countProgress(HERE)).toEqual({
    ...{ seen: 3, predicted: 2, done: 1, renewed: 0, solved: 0 },
  });
  const again = { 'slots again': { step: 'again-own', isDone: true, guesses: {} } };
  expect(countProgress({ ...HERE, ...again })).toEqual({
    ...{ seen: 3, predicted: 2, done: 1, renewed: 1, solved: 0 },
  });
});

test('progress: cases are counted apart', () => {
  const counts = countProgress(HERE, ['moved', 'reports', 'other']);
  expect(counts).toEqual({ seen: 1, predicted: 0, done: 0, renewed: 0, solved: 1 });
});

test('progress: of a lesson in both, the one that came further stays', () => {
  const there: Progress = {
    slots: { step: 'end', isDone: true, guesses: {} },
    reports: { step: 'own', isDone: false, guesses: { own: 1, five: 3 } },
    gossip: { step: 'a', isDone: false, guesses: {} },
  };
  const { slots, moved, reports, gossip } = mergeProgress(HERE, there);
  expect([slots, moved, reports, gossip]).toEqual([
    there['slots'],
    HERE['moved'],
    HERE['reports'],
    there['gossip'],
  ]);
});

test.each([
  'no JSON',
  'null',
  '{}',
  '{"slotscopeProgress": 2, "lessons": {}}',
  '{"slotscopeProgress": 1, "lessons": {"a": 1}}',
])('progress: %s is no such file', (text) => {
  expect(readProgressFile(text)).toBeNull();
});
