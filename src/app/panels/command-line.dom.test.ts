import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { TimedInput } from '../../kernel/inputs';
import type { Verb } from '../../lesson/verbs';
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

test('Tab completes the sentence, shows what may stand there, and leaves after Escape', async () => {
  const props = { nodes: ['8901', '8902'], onact: () => undefined, onseek: () => undefined };
  render(CommandLine, props);
  const line = screen.getByRole<HTMLInputElement>('textbox');
  const tab = () => fireEvent.keyDown(line, { key: 'Tab' });
  expect(await tab()).toBe(true);
  await fireEvent.input(line, { target: { value: 'fre' } });
  await tab();
  expect(line.value).toBe('freeze ');
  await tab();
  expect(screen.getAllByRole('listitem').map((item) => item.textContent.trim())).toEqual(
    props.nodes,
  );
  await tab();
  expect(line.value).toBe('freeze 8901');
  expect(await fireEvent.keyDown(line, { key: 'Escape' })).toBe(false);
  expect(await tab()).toBe(true);
});

test('A first word nobody knows: what may stand there here, and the nearest of it', async () => {
  const props = { nodes: ['8901'], onact: () => undefined, onseek: () => undefined };
  const said = async (allow: readonly Verb[] | null, typed: string) => {
    const { unmount } = render(CommandLine, { ...props, allow });
    await fireEvent.input(screen.getByRole('textbox'), { target: { value: typed } });
    await fireEvent.click(screen.getByRole('button'));
    const { textContent } = screen.getByRole('alert');
    unmount();
    return textContent;
  };
  expect(await said(['freeze', 'wake'], 'freese 8901')).toBe(
    '"freese" is not an action. Did you mean freeze? Allowed: freeze, wake.',
  );
  expect(await said(null, 'frz 8901')).not.toContain('see');
});
