import { afterEach, expect, test, vi } from 'vitest';
import { help } from './zh-CN/help';

// The next file of tests finds words as they are at the start, in English.
afterEach(() => vi.resetModules());

test('a language that is switched to while the later words come has them, too', async () => {
  vi.resetModules();
  const { loadLaterWords, loadWords, words } = await import('./words.svelte');
  await Promise.all([loadWords('en'), loadWords('zh-CN')]);
  const coming = loadLaterWords();
  words.locale = 'zh-CN';
  await coming;
  expect(words.help.title).toBe(help.title);
});
