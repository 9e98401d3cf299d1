import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { words } from '../../words/words.svelte';
import { failingFrame, healthyFrame, withNode } from '../fixtures';
import CompareViews from './CompareViews.svelte';

const room = { widthPx: 1472, heightPx: 640, viewpoint: null };
const frame = failingFrame();

beforeEach(() => {
  words.locale = 'en';
});

test('compared views: a ring a node, each with what it believes, as a button', async () => {
  const onpick = vi.fn();
  render(CompareViews, { frame, atMs: frame.atMs, ...room, onpick });
  expect(screen.getAllByRole('button')).toHaveLength(6);
  const name = /^8904 has two reports: 8901 is FAIL. telling the others.$/;
  await fireEvent.click(screen.getByRole('button', { name }));
  expect(onpick).toHaveBeenCalledWith('8904');
});

test('compared views: each ring is drawn by its own node’s table', () => {
  render(CompareViews, { frame, atMs: frame.atMs, ...room, onpick: vi.fn() });
  const badges = (name: string) =>
    document.querySelectorAll(`[data-view="${name}"] svg .fail`).length;
  expect(badges('8904')).toBeGreaterThan(0);
  expect(badges('8902')).toBe(0);
});

test('compared views: time goes on, and the words with it', async () => {
  const { rerender } = render(CompareViews, { frame, atMs: 11_388, ...room, onpick: vi.fn() });
  expect(screen.getByRole('button', { name: /^8906/ }).textContent).toContain('9.5\u00a0s ago');
  await rerender({ atMs: 12_388, frame: { ...frame, atMs: 12_388 } });
  expect(screen.getByRole('button', { name: /^8906/ }).textContent).toContain('10.5\u00a0s ago');
});

test('compared views: of many nodes only those that differ, in either language', () => {
  words.locale = 'zh-CN';
  const many = withNode(healthyFrame({ masters: 10, replicasPerMaster: 2 }), '8901', (n) => ({
    ...n,
    process: 'frozen',
  }));
  render(CompareViews, { frame: many, atMs: many.atMs, ...room, onpick: vi.fn() });
  expect(screen.getAllByRole('button')).toHaveLength(2);
  expect(screen.getByRole('button', { name: /^29 个节点一致/ })).toBeTruthy();
});
