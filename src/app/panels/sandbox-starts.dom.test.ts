import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { loadLaterWords, loadWords, words } from '../../words/words.svelte';
import { READY_SCENES } from '../doing/ready-scenes';
import { BARE_SANDBOX } from '../links/place';
import { hashOf } from '../links/url';
import CaseList from './CaseList.svelte';
import ReadyScenes from './ReadyScenes.svelte';
import SandboxStarts from './SandboxStarts.svelte';

beforeAll(async () => {
  await loadLaterWords();
  await loadWords('zh-CN');
});
afterEach(() => {
  words.locale = 'en';
  cleanup();
});

test('a ready scene opens by one key, and the one on the stage is marked', async () => {
  const onopen = vi.fn<(hash: string) => void>();
  render(ReadyScenes, { current: 'split', onopen });
  const links = screen.getAllByRole('link');
  expect(links).toHaveLength(Object.keys(READY_SCENES).length);
  expect(links.filter((link) => link.getAttribute('aria-current') === 'true')).toEqual([
    screen.getByRole('link', { name: /^A partition 3 \| 3/ }),
  ]);
  await fireEvent.click(screen.getByRole('link', { name: /^One slow host/ }));
  expect(onopen).toHaveBeenCalledWith(hashOf({ page: 'sandbox', ...READY_SCENES.slowHost }));
});

const progress = {
  'three-detectors': { step: 'answer', isDone: true, guesses: {} },
  'slot-taken-back': { step: 'data', isDone: false, guesses: {} },
};

test('a case has the true title of its thread, the symptom, and how far the reader is', () => {
  render(CaseList, { progress });
  const [first, second] = screen.getAllByRole('link');
  expect(within(first!).getByText('one question about the fail message of cluster')).toBeTruthy();
  expect(first!.textContent).toMatch(/Three nodes find.*redis\/redis#2145.*solved/);
  expect(second!.textContent).toContain('Continue');
  expect(second!.getAttribute('href')).toBe('#/lesson/slot-taken-back?step=data');
  expect(screen.getByRole('heading').textContent).toMatch(/1 of \d+/);
});

test('in Chinese the true title stays English, with a translation beneath', () => {
  words.locale = 'zh-CN';
  render(CaseList, { progress });
  const [first] = screen.getAllByRole('link');
  const title = within(first!).getByText('one question about the fail message of cluster');
  expect(title.lang).toBe('en');
  expect(first!.textContent).toContain('关于集群的 FAIL 消息');
});

test('another cluster by its numbers: the one on the stage is named, and built is what was asked', async () => {
  const onbuild = vi.fn<(hash: string) => void>();
  render(SandboxStarts, { place: BARE_SANDBOX, onbuild });
  await fireEvent.click(await screen.findByText('3 masters, 1 replica each'));
  const build = screen.getByRole('button', { name: 'Build it anew' });
  expect(build).toHaveProperty('disabled', true);
  const masters = screen.getByRole('spinbutton', { name: 'Masters' });
  await fireEvent.input(masters, { target: { value: '5' } });
  await fireEvent.click(build);
  const asked = { page: 'sandbox', ...BARE_SANDBOX, masters: 5 } as const;
  expect(onbuild).toHaveBeenCalledWith(hashOf(asked));
});
