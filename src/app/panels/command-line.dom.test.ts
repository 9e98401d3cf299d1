import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { TimedInput } from '../../kernel/inputs';
import CommandLine from './CommandLine.svelte';

const inputs: readonly TimedInput[] = [
  { atMs: 1_000, input: { type: 'freeze', node: '8901' } },
  { atMs: 2_000, input: { type: 'answer', text: 'y' } },
];

test('The arrows bring back what was done, the newest first, and the empty line', async () => {
  render(CommandLine, { nodes: ['8901'], inputs, onact: () => undefined, onseek: () => undefined });
  const line = screen.getByRole<HTMLInputElement>('textbox');
  const shown: string[] = [];
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
    await fireEvent.keyDown(line, { key });
    shown.push(line.value);
  }
  expect(shown).toEqual(['answer y', 'freeze 8901', 'freeze 8901', 'answer y', '']);
});

test('The empty line suggests what may be done here, and nothing else', () => {
  const props = { nodes: ['8901', '8902'], onact: () => undefined, onseek: () => undefined };
  const { unmount } = render(CommandLine, props);
  expect(screen.getByRole('textbox')).toHaveProperty('placeholder', 'kill 8901 · 8901 GET name');
  unmount();
  render(CommandLine, { ...props, allow: ['ping', 'redis-cli'] });
  expect(screen.getByRole('textbox')).toHaveProperty('placeholder', 'ping 8901 8902');
});
