import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { loadLaterWords, loadWords, words } from '../../words/words.svelte';
import ReferencePage from './ReferencePage.svelte';

beforeEach(async () => {
  await loadWords('en');
  await loadWords('zh-CN');
  words.locale = 'en';
  await loadLaterWords();
});

const hooks = () => ({ onplace: vi.fn(), ongo: vi.fn() });

async function type(text: string) {
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: /look|查/i });
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await tick();
}

test('with nothing asked it lists all there is, the glossary first', () => {
  render(ReferencePage, { query: '', hooks: hooks() });
  const heads = screen.getAllByRole('heading', { level: 2 }).map((head) => head.textContent);
  expect(heads[0]).toContain('Words, A to Z');
  expect(heads).toHaveLength(5);
});

test('a question leads to the moment of the lesson, and the address keeps it', async () => {
  const asked = hooks();
  render(ReferencePage, { query: '', hooks: asked });
  await type('what does nobody is serving its slots mean?');
  const [first] = screen.getAllByRole('link', { name: /step \d/ });
  expect(first?.getAttribute('href')).toMatch(
    /^#\/lesson\/fail\?step=orphan&at=\d+&tab=log&open=\d+$/,
  );
  expect(asked.onplace).toHaveBeenLastCalledWith(
    '#/reference?q=what+does+nobody+is+serving+its+slots+mean%3F',
  );
});

test('nothing found: it says so, and what comes nearest', () => {
  render(ReferencePage, { query: 'zzzzzzzz', hooks: hooks() });
  expect(screen.getByRole('status').textContent).toContain(
    'Nothing in the course shows “zzzzzzzz”.',
  );
  expect(screen.queryAllByRole('heading', { level: 2 })).toEqual([]);
});
