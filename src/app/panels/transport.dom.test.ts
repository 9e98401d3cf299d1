import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { words } from '../../words/words.svelte';
import Transport from './Transport.svelte';

afterEach(() => {
  cleanup();
  words.locale = 'en';
});

function show(overrides: Record<string, unknown> = {}) {
  const told = {
    onbeat: vi.fn(),
    onstep: vi.fn(),
    onplay: vi.fn(),
    onspeed: vi.fn(),
    onfilter: vi.fn(),
  };
  render(Transport, {
    props: {
      atMs: 11_388,
      step: 1_212,
      hash: '3f9c0a1b2c3d4e5f',
      isPlaying: false,
      speed: 0.25,
      filter: 'key' as const,
      ...told,
      ...overrides,
    },
  });
  return told;
}
const button = (name: string) => screen.getByRole('button', { name });

test.each([
  ['Previous beat', 'onbeat', -1],
  ['Previous event', 'onstep', -1],
  ['Next event', 'onstep', 1],
  ['Next beat', 'onbeat', 1],
  ['Play', 'onplay', true],
] as const)('transport: %s calls %s(%s)', async (name, callback, value) => {
  const told = show();
  await fireEvent.click(button(name));
  expect(told[callback]).toHaveBeenCalledExactlyOnceWith(value);
});

test('transport: while time runs, the same button pauses', async () => {
  const told = show({ isPlaying: true });
  await fireEvent.click(button('Pause'));
  expect(told.onplay).toHaveBeenCalledExactlyOnceWith(false);
});

test('transport: at the very beginning there is no way back', () => {
  show({ step: 0 });
  expect(button('Previous beat')).toHaveProperty('disabled', true);
  expect(button('Next beat')).toHaveProperty('disabled', false);
});

test('transport: the clock shows milliseconds, the place its event and the start of the hash', () => {
  show();
  expect(document.querySelector('.clock')!.textContent).toContain('11.388');
  expect(screen.getByText(/^event 1.212$/)).toBeTruthy();
  expect(screen.getByText('hash 3f9c…').title).toContain('3f9c0a1b2c3d4e5f');
});

test('transport: no hash, nothing to copy', () => {
  show({ hash: null });
  expect(screen.queryByText(/hash/)).toBeNull();
});

test('transport: the speed in force is pressed, one from the list stands in its place', async () => {
  const told = show({ speed: 16 });
  expect(screen.getByRole('combobox')).toHaveProperty('value', '16');
  for (const name of ['¼ times virtual time', '1 times virtual time']) {
    expect(button(name).getAttribute('aria-pressed')).toBe('false');
  }
  await fireEvent.change(screen.getByRole('combobox'), { target: { value: '64' } });
  expect(told.onspeed).toHaveBeenCalledExactlyOnceWith(64);
});

test('transport: Key and All say which messages count', async () => {
  const told = show();
  expect(button('Key').getAttribute('aria-pressed')).toBe('true');
  await fireEvent.click(button('All'));
  expect(told.onfilter).toHaveBeenCalledExactlyOnceWith('all');
});

test('transport: speaks Chinese', () => {
  words.locale = 'zh-CN';
  show();
  expect(button('下一拍')).toBeTruthy();
});
