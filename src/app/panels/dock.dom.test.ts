import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { historyOf } from '../../drawing/layout/history';
import { DEFAULT_SCENE } from '../../kernel/scene';
import type { BeatKind } from '../../timeline/cluster-source';
import { SimulatedSource } from '../../timeline/simulated-source';
import { words } from '../../words/words.svelte';
import Dock from './Dock.svelte';

afterEach(() => {
  cleanup();
  words.locale = 'en';
});

const FREEZE = { atMs: 12_000, input: { type: 'freeze', node: '8901' } } as const;

/** The dock of a real run in which 8901 freezes, standing at its first suspicion. */
function show(more: { stops?: readonly BeatKind[] } = {}) {
  const source = new SimulatedSource({ ...DEFAULT_SCENE, seed: 42, inputs: [FREEZE] });
  source.seekTime(16_000);
  const beat = source.stepBeat(1)!;
  const told = {
    onseek: vi.fn(),
    onbeat: vi.fn(),
    onnextbeat: vi.fn(),
    onstep: vi.fn(),
    onplay: vi.fn(),
    onspeed: vi.fn(),
    onfilter: vi.fn(),
  };
  render(Dock, {
    props: {
      history: historyOf(source, ''),
      nodes: source.frame.nodes,
      atMs: source.cursor.atMs,
      step: source.cursor.step,
      isPlaying: false,
      speed: 1,
      filter: 'key' as const,
      ...told,
      ...more,
    },
  });
  return { ...told, beat, source };
}
const lanes = () => screen.getByRole('slider', { name: 'Timeline' });

test('lanes: the slider says the time, the event and the beat', () => {
  const { source, beat } = show();
  const { atMs, step } = source.cursor;
  if (beat.note.event !== 'flag.set') throw new Error(`a suspicion was expected, not ${beat.kind}`);
  expect(lanes().getAttribute('aria-valuenow')).toBe(String(Math.round(atMs)));
  expect(lanes().getAttribute('aria-valuetext')).toBe(
    `${(atMs / 1000).toFixed(1)} seconds, event ${step} of ${step}: ${beat.note.at} suspects`,
  );
});

test.each([
  ['ArrowRight', 'onstep', 1],
  ['ArrowLeft', 'onstep', -1],
  ['PageDown', 'onnextbeat', 1],
  ['PageUp', 'onnextbeat', -1],
  ['Home', 'onseek', 0],
] as const)(
  'lanes: %s calls %s(%d), and the page does not hear it too',
  async (key, call, value) => {
    const told = show();
    const page = vi.fn();
    window.addEventListener('keydown', page);
    await fireEvent.keyDown(lanes(), { key });
    window.removeEventListener('keydown', page);
    expect(told[call]).toHaveBeenCalledExactlyOnceWith(value);
    expect(page).not.toHaveBeenCalled();
  },
);

test('lanes: shift and arrow is the page’s own key', async () => {
  const { onstep } = show();
  await fireEvent.keyDown(lanes(), { key: 'ArrowRight', shiftKey: true });
  expect(onstep).not.toHaveBeenCalled();
});

test.each([
  [['pfail'] as const, true],
  [['vote'] as const, false],
])('beats: where playing stops at %s, the flag of a suspicion says so: %s', (stops, says) => {
  show({ stops });
  const flag = screen.getByRole('button', { name: /^\d.*suspects/ });
  expect(flag.getAttribute('aria-label')!.endsWith('; playing stops here')).toBe(says);
});

test('beats: a flag is a button that goes to its moment; the current one is marked', async () => {
  const { onbeat, beat } = show();
  const current = screen.getAllByRole('button').find((b) => b.hasAttribute('aria-current'))!;
  expect(current.getAttribute('aria-label')).toContain(`${(beat.atMs / 1000).toFixed(3)} seconds`);
  await fireEvent.click(current);
  expect(onbeat).toHaveBeenCalledExactlyOnceWith(beat);
});

test('lanes: a node has a lane, a frozen one a hatch', () => {
  show();
  const names = [...document.querySelectorAll('.lane text')].map((text) => text.textContent);
  expect(names).toContain('8901');
  expect(document.querySelectorAll('[fill^="url(#"]').length).toBeGreaterThan(0);
});
