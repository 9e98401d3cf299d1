import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { Bench } from '../bench.svelte';
import type { Session } from '../session.svelte';
import Notice from './Notice.svelte';

afterEach(() => vi.useRealTimers());

test('what was done is answered in a line that is there before, and empty again after a while', async () => {
  vi.useFakeTimers();
  const bench = new Bench(() => ({}) as Session);
  render(Notice, { bench });
  const line = screen.getByRole('status');
  expect(line.textContent).toBe('');
  bench.tell('Saved');
  await tick();
  expect(line.textContent).toBe('Saved');
  vi.runAllTimers();
  await tick();
  expect(line.textContent).toBe('');
});
