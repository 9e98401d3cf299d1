/** The menu of what can be done closes by Escape, wherever the focus is. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import ActMenu from './ActMenu.svelte';

afterEach(cleanup);

const items = [{ id: 'freeze', icon: 'frozen' as const, text: 'Freeze', run: () => undefined }];

test.each(['the menu', 'the page'])('Escape with the focus on %s', async (where) => {
  const [onclose, onpage] = [vi.fn(), vi.fn()];
  render(ActMenu, { label: 'What to do with 8901', x: 0, y: 0, items, onclose });
  await tick();
  expect(document.activeElement?.textContent).toContain('Freeze');
  addEventListener('keydown', onpage);
  const target = where === 'the menu' ? screen.getByRole('menuitem') : document.body;
  await fireEvent.keyDown(target, { key: 'Escape' });
  removeEventListener('keydown', onpage);
  expect([onclose.mock.calls.length, onpage.mock.calls.length]).toEqual([1, 0]);
});
