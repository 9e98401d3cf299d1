import { render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { Player } from '../player';
import LessonEnd from './LessonEnd.svelte';

const lesson = { slug: 'live', isReal: true, steps: [], nextLot: null, again: null };
const player = {
  lesson,
  guesses: {},
  session: { frame: { nodes: [] } },
} as unknown as Player;

test('The end of a lesson comes into view with its way on, and takes the keyboard', () => {
  const seen = vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(() => undefined);
  render(LessonEnd, { nextHref: '#/lesson/moved', player });
  expect(screen.getByRole('link', { name: 'Next lesson' })).toHaveProperty(
    'hash',
    '#/lesson/moved',
  );
  expect(seen).toHaveBeenCalledWith({ block: 'nearest' });
  expect(document.activeElement?.className).toContain('end');
});
