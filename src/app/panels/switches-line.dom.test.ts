import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { TEACHING_SWITCHES } from '../../protocol/teaching-switches';
import { loadLaterWords, loadWords, words } from '../../words/words.svelte';
import SwitchesLine from './SwitchesLine.svelte';

beforeAll(async () => {
  await loadWords('zh-CN');
  await loadLaterWords();
});
afterEach(() => {
  cleanup();
  words.locale = 'en';
});

test('every rule that is taken out is named, and that this is not real Redis', () => {
  render(SwitchesLine, { props: { switches: TEACHING_SWITCHES } });
  expect(screen.getByRole('note').textContent.trim()).toMatch(
    /^Not real Redis: whoever marks FAIL tells nobody/,
  );
  for (const one of TEACHING_SWITCHES) {
    expect(screen.getByRole('note').textContent).toContain(words.switches.lines[one]);
  }
});

test('in Chinese too', async () => {
  words.locale = 'zh-CN';
  await loadLaterWords();
  render(SwitchesLine, { props: { switches: ['ignore-epochs'] } });
  expect(screen.getByRole('note').textContent.trim()).toBe(
    '并非真实的 Redis：谁最后主张槽位就归谁，不看配置纪元',
  );
});
