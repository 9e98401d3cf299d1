import { expect, test } from 'vitest';
import type { RecordedNote } from '../../protocol/notes';
import { ofStep } from './of-step';

const note = (step: number, atMs: number) => ({ step, atMs }) as RecordedNote;
const notes = [note(1, 0), note(3, 5), note(3, 6), note(3, 7), note(8, 9)];

test.each([
  [0, 0],
  [1, 1],
  [2, 0],
  [3, 3],
  [8, 1],
  [9, 0],
])('the notes of step %i: %i of them, however long the run', (step, count) => {
  expect(ofStep(notes, step)).toEqual(notes.filter((one) => one.step === step));
  expect(ofStep(notes, step)).toHaveLength(count);
});
