/** What was told in one language does not stay in the other. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { words } from '../words/words.svelte';
import { Bench } from './bench.svelte';
import type { Session } from './session.svelte';

const { locale } = words;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  words.locale = locale;
});

test('a line is told for a while, in the language it was told in', () => {
  const bench = new Bench(() => ({}) as Session);
  bench.tell('copied');
  expect(bench.notice).toBe('copied');
  words.locale = 'zh-CN';
  expect(bench.notice).toBe('');
  words.locale = 'en';
  expect(bench.notice).toBe('copied');
  vi.runAllTimers();
  expect(bench.notice).toBe('');
});
