import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { TimedInput } from '../../kernel/inputs';
import DeedList from './DeedList.svelte';

const freeze = (node: string, atMs: number): TimedInput => ({
  atMs,
  input: { type: 'freeze', node },
});

test('After an undo the keyboard stays in the list', async () => {
  const inputs = [freeze('8901', 1_000), freeze('8902', 2_000)];
  const props = { atMs: 9_000, messageText: () => null, onseek: () => undefined };
  const onundo = vi.fn((index: number) => void rerender({ inputs: inputs.toSpliced(index, 1) }));
  const { rerender } = render(DeedList, { ...props, inputs, onundo });
  await fireEvent.click(screen.getByRole('button', { name: 'Undo: Freeze 8902' }));
  expect(onundo).toHaveBeenCalledWith(1);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Undo: Freeze 8901');
});
