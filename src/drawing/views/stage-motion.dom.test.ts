import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { healthyFrame, withRow } from '../fixtures';
import ClusterMap from './ClusterMap.svelte';

const size = { width: 856, height: 558, viewpoint: '8902' };
const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
const observer = '8902';
const demoted = { flags: ['replica'] as const, master: '8904', slots: [] };
const promoted = { flags: ['master'] as const, master: null, slots: [[0, 5460]] as const };
const takenOver = withRow(
  withRow(frame, { observer, subject: '8901' }, demoted),
  { observer, subject: '8904' },
  promoted,
);

const where = (name: string) =>
  document.querySelector(`[data-node="${name}"] .node`)!.getAttribute('transform');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'requestAnimationFrame', 'cancelAnimationFrame'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function show(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await tick();
}

test('motion: a role swap starts where the discs are, and is over after 640 ms', async () => {
  const { rerender } = render(ClusterMap, { frame, ...size, animate: true });
  const [old8901, old8904] = [where('8901'), where('8904')];
  await rerender({ frame: takenOver });
  expect([where('8901'), where('8904')]).toEqual([old8901, old8904]);
  await show(320);
  expect(where('8904')).not.toBe(old8904);
  expect(where('8904')).not.toBe(old8901);
  await show(400);
  expect(where('8904')).toBe(old8901);
});

test('motion: while time jumps, things are simply there', async () => {
  const { rerender } = render(ClusterMap, { frame, ...size, animate: false });
  const old8901 = where('8901');
  await rerender({ frame: takenOver });
  expect(where('8904')).toBe(old8901);
});

test('motion: less motion asked for is less motion given', async () => {
  const { rerender } = render(ClusterMap, { frame, ...size, animate: true, reducedMotion: true });
  const old8901 = where('8901');
  await rerender({ frame: takenOver });
  expect(where('8904')).toBe(old8901);
});

test('motion: the next key press completes a swap at once', async () => {
  const { rerender } = render(ClusterMap, { frame, ...size, animate: true, moves: 1 });
  const old8901 = where('8901');
  await rerender({ frame: takenOver });
  await show(100);
  expect(where('8904')).not.toBe(old8901);
  await rerender({ moves: 2 });
  expect(where('8904')).toBe(old8901);
});
