import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { treeOf } from '../time/branch-tree';
import FutureList from './FutureList.svelte';

afterEach(cleanup);

const NAMES = ['as first seen', 'Kill 8902', 'PING 8901 → 8902, lost', 'Heal all links'];
const nameOf = (id: number) => NAMES[id]!;
const branch = (id: number, parent: number | null, forkedAtMs: number) => ({
  ...{ id, parent, forkedAtMs, cause: null, name: null, untilMs: 20_000 },
});
const branches = [
  branch(0, null, 0),
  branch(1, 0, 12_000),
  branch(2, 0, 9_000),
  branch(3, 1, 15_000),
];

test('a tree: each future under the one it left, in the order of their forks', () => {
  expect(treeOf(branches).map((row) => [row.branch.id, row.depth])).toEqual([
    [0, 0],
    [2, 1],
    [1, 1],
    [3, 2],
  ]);
});

test('go, compare, forget; the first future cannot be forgotten, nor compared with itself', async () => {
  const done = vi.fn<(...said: unknown[]) => void>();
  render(FutureList, {
    ...{ branches, nameOf, current: 0 },
    onswitch: (id: number) => done('go', id),
    oncompare: (id: number) => done('compare', id),
    onrename: (id: number, name: string) => done('rename', id, name),
    onforget: (id: number) => done('forget', id),
  });
  await fireEvent.click(screen.getByRole('button', { name: 'Go to the future “Kill 8902”' }));
  await fireEvent.click(screen.getByRole('button', { name: /^Compare “Heal all links”/ }));
  await fireEvent.click(screen.getByRole('button', { name: 'Forget “PING 8901 → 8902, lost”' }));
  expect(done.mock.calls).toEqual([
    ['go', 1],
    ['compare', 3],
    ['forget', 2],
  ]);
  expect(screen.queryByRole('button', { name: 'Forget “as first seen”' })).toBeNull();
  expect(screen.queryByRole('button', { name: /^Compare “as first seen”/ })).toBeNull();
});

test('a name: Enter keeps it, Escape does not', async () => {
  const done = vi.fn<(...said: unknown[]) => void>();
  render(FutureList, { ...{ branches, nameOf, current: 0, onswitch: done }, onrename: done });
  const rename = () => screen.getByRole('button', { name: 'Rename “Kill 8902”' });
  await fireEvent.click(rename());
  const field = screen.getByRole('textbox', { name: 'Name of this future' });
  await fireEvent.input(field, { target: { value: 'both down' } });
  await fireEvent.keyDown(field, { key: 'Enter' });
  expect(done.mock.calls).toEqual([[1, 'both down']]);
  await fireEvent.click(rename());
  await fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
  expect(done).toHaveBeenCalledTimes(1);
  await tick();
  expect(document.activeElement?.textContent).toContain('Kill 8902');
});

test('one that is forgotten takes the keyboard along to the one on the stage', async () => {
  const { rerender } = render(FutureList, {
    ...{ branches, nameOf, current: 1, onswitch: () => undefined },
    onforget: (id: number) => void rerender({ branches: branches.filter((b) => b.id !== id) }),
  });
  const button = screen.getByRole('button', { name: 'Forget “Heal all links”' });
  button.focus();
  await fireEvent.click(button);
  await tick();
  expect(screen.queryByText('Heal all links')).toBeNull();
  expect(document.activeElement?.getAttribute('aria-current')).toBe('true');
});
