/** A file on the home page: progress is kept, a run is gone to; of others it is told what opens. */
import { render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { loadLaterWords } from '../../words/words.svelte';
import HomeFiles from './HomeFiles.svelte';

const RUN = {
  slotscope: 1,
  ...{ masters: 3, replicas: 1, timeoutMs: 5_000, seed: 7 },
  deeds: ['at 10s freeze 8901'],
};

async function open(content: unknown) {
  await loadLaterWords();
  render(HomeFiles, { onchange: vi.fn() });
  const input = screen.getByLabelText<HTMLInputElement>(/^Open progress or a run/);
  const file = new File([JSON.stringify(content)], 'x.json', { type: 'application/json' });
  Object.defineProperty(input, 'files', { value: [file] });
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

beforeEach(() => {
  location.hash = '';
});

test('a run opens', async () => {
  await open(RUN);
  await waitFor(() => expect(location.hash).not.toBe(''));
});

test('a run that lacks something is told apart from a file that is none', async () => {
  await open({ ...RUN, seed: 'seven' });
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/seed/));
  expect(location.hash).toBe('');
});

test('any other file is told what would open', async () => {
  await open({ hello: 1 });
  await waitFor(() =>
    expect(screen.getByRole('status').textContent).toMatch(/^x\.json holds neither progress/),
  );
});
