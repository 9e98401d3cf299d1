import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { words } from '../../words/words.svelte';
import { electionFrame, failingFrame, movedFrame } from '../fixtures';
import ClusterMap from './ClusterMap.svelte';

const size = { width: 856, height: 558 };
const node = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}, `) });

beforeEach(() => {
  words.locale = 'en';
});

test('stage: a node says its role, its slots, what the viewpoint holds, and the fact', () => {
  render(ClusterMap, { frame: failingFrame(), viewpoint: '8904', ...size });
  expect(node('8901').getAttribute('aria-label')).toBe(
    '8901, master, slots 0 to 5460. 8904 says FAIL since 11.306\u00a0s. Process frozen.',
  );
  expect(node('8905').getAttribute('aria-label')).toBe('8905, replica of 8902.');
});

test('stage: one tab stop; arrows walk the ring, Enter selects, V takes the view', async () => {
  const [onselect, onviewpoint] = [vi.fn(), vi.fn()];
  render(ClusterMap, { frame: failingFrame(), ...size, onselect, onviewpoint });
  const stops = () => document.querySelectorAll('[data-node][tabindex="0"]');
  expect(stops()).toHaveLength(1);
  node('8901').focus();
  await fireEvent.keyDown(node('8901'), { key: 'ArrowRight' });
  expect(document.activeElement?.getAttribute('data-node')).toBe('8904');
  await fireEvent.keyDown(node('8904'), { key: 'Enter' });
  expect(onselect).toHaveBeenCalledWith('8904');
  await fireEvent.keyDown(node('8904'), { key: 'v' });
  expect(onviewpoint).toHaveBeenCalledWith('8904');
  expect(stops()).toHaveLength(1);
});

test('stage: the menu freezes and kills a running node, wakes a frozen one', async () => {
  const onact = vi.fn();
  render(ClusterMap, { frame: failingFrame(), ...size, onact });
  await fireEvent.keyDown(node('8902'), { key: 'F10', shiftKey: true });
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Freeze' }));
  expect(onact).toHaveBeenCalledWith({ type: 'freeze', node: '8902' });
  await fireEvent.keyDown(node('8901'), { key: 'ContextMenu' });
  expect(screen.getByRole('menuitem', { name: 'Wake' })).toBeTruthy();
});

test('stage: with another node selected, the menu cuts the link between the two', async () => {
  const onact = vi.fn();
  render(ClusterMap, { frame: failingFrame(), selected: '8903', ...size, onact });
  await fireEvent.keyDown(node('8902'), { key: 'ContextMenu' });
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Cut the link with 8903' }));
  expect(onact).toHaveBeenCalledWith({ type: 'cut', from: '8902', to: '8903', oneWay: false });
});

test('stage: reports say how long they live, by virtual time', async () => {
  const props = { frame: failingFrame(), viewpoint: '8904', subject: '8901', ...size };
  const { rerender } = render(ClusterMap, props);
  expect(screen.getByText('8.2 s left')).toBeTruthy();
  expect(screen.getByText('2 of 2 needed')).toBeTruthy();
  await rerender({ ...props, atMs: 12_420 });
  expect(screen.getByText('7.2 s left')).toBeTruthy();
});

test('stage: the matrix is a table; its rows take the view', async () => {
  const onviewpoint = vi.fn();
  render(ClusterMap, { frame: failingFrame(), viewpoint: '8904', ...size, onviewpoint });
  const table = screen.getByRole('table', { name: 'Who thinks whom is failing' });
  expect(within(table).getAllByRole('row')).toHaveLength(7);
  await fireEvent.click(within(table).getByRole('button', { name: '8902' }));
  expect(onviewpoint).toHaveBeenCalledWith('8902');
});

test('stage: a denial gives redis-server’s own reason', () => {
  render(ClusterMap, { frame: electionFrame(), viewpoint: '8906', ...size });
  expect(screen.getByText('8905 denies')).toBeTruthy();
  expect(screen.getByText('its master is up')).toBeTruthy();
});

test('stage: Chinese is complete', () => {
  words.locale = 'zh-CN';
  render(ClusterMap, { frame: failingFrame(), viewpoint: '8904', subject: '8901', ...size });
  expect(screen.getByText('针对 8901，由 8904 保存')).toBeTruthy();
  expect(screen.getByText('剩余 8.2 秒')).toBeTruthy();
});

test('stage: a client shows its own slot map and its conversation', () => {
  const { container } = render(ClusterMap, { frame: movedFrame(), ...size });
  expect(container.textContent).toContain('its slot map');
  expect(container.textContent).toContain('MOVED 5798');
});

test('stage: where the ring stands alone, no client is beside it', () => {
  const { container } = render(ClusterMap, { frame: movedFrame(), isBare: 'ring', ...size });
  expect(node('8901')).toBeTruthy();
  expect(container.textContent).not.toContain('its slot map');
});
