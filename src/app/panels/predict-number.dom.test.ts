/** A guess in figures: what is no number, or less than can be, is not taken for an answer. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import PredictNumber from './PredictNumber.svelte';
import PredictTime from './PredictTime.svelte';

afterEach(cleanup);

const accept = { min: 1, max: 1 };
const open = { truth: null, isOpen: true, isOver: false, guess: undefined };

test('a count is 0 or more', async () => {
  const onanswer = vi.fn();
  const ask = { type: 'number' as const, accept, wrong: [], truth: null };
  render(PredictNumber, { ...open, ask, counted: 'slots', onanswer });
  const field = screen.getByRole<HTMLInputElement>('spinbutton');
  const submit = () => fireEvent.submit(field.form!);
  await submit();
  expect(screen.getByRole('alert').textContent).toBe('Write a number, 0 or more.');
  await fireEvent.input(field, { target: { value: '-1' } });
  expect(screen.queryByRole('alert')).toBeNull();
  await submit();
  expect(screen.getByRole('alert').textContent).toMatch(/^-1 is too small/);
  expect(onanswer).not.toHaveBeenCalled();
  await fireEvent.input(field, { target: { value: '1' } });
  await submit();
  expect(onanswer.mock.calls).toEqual([[1]]);
});

test('a moment is none that has passed', async () => {
  const onanswer = vi.fn();
  const ask = {
    type: 'time' as const,
    accept: { min: 15_000, max: 16_000 },
    wrong: [],
    truth: null,
  };
  render(PredictTime, { ...open, ask, atMs: 10_000, onanswer });
  const field = screen.getByRole<HTMLInputElement>('spinbutton');
  await fireEvent.input(field, { target: { value: '2' } });
  await fireEvent.submit(field.form!);
  expect(screen.getByRole('alert').textContent).toMatch(/^2 is too small/);
  expect(onanswer).not.toHaveBeenCalled();
});
