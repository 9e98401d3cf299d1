import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { slotOwners } from '../../drawing/layout/crc16-owner';
import { healthyFrame } from '../../drawing/fixtures';
import { words } from '../../words/words.svelte';
import KeyTool from './KeyTool.svelte';

const ownerOf = slotOwners(healthyFrame({ masters: 3, replicasPerMaster: 1 }), null);
let motionIsReduced = false;

beforeEach(() => {
  motionIsReduced = false;
  vi.stubGlobal('matchMedia', () => ({ matches: motionIsReduced }));
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  words.locale = 'en';
});

/** As a page would: what the tool asks for comes back to it as props. */
function show(overrides: Record<string, unknown> = {}) {
  let { rerender } = { rerender: (_: object) => Promise.resolve() };
  const onkey = vi.fn((chosen: { key: string; slot: number }) => {
    void rerender({ key: chosen.key, done: null });
  });
  const onshift = vi.fn(({ done }: { done: number }) => {
    void rerender({ done });
  });
  const props = { key: 'name', done: null, ownerOf, onkey, onshift, ...overrides };
  ({ rerender } = render(KeyTool, { props }));
  return { onkey, onshift };
}

const button = (name: string) => screen.getByRole('button', { name });
const slider = () => screen.getByRole('slider');
const bits = (name: RegExp) =>
  screen.getAllByRole('img', { name }).map((row) => row.getAttribute('aria-label'));
const page = () => document.body.textContent.replace(/\s+/g, ' ');

describe('key-tool', () => {
  test('says the slot of the key, and who serves it', () => {
    show();
    expect(page()).toContain('0x16A6');
    expect(page()).toContain('lies in 5461–10922: 8902 serves it');
    expect(document.querySelector('.slot b')!.textContent).toContain('5798');
  });

  test('a slot nobody serves is said to be so', () => {
    show({ ownerOf: () => null });
    expect(screen.getByText('No node serves this slot.')).toBeTruthy();
  });

  test('typing chooses a key and names its slot', async () => {
    const { onkey } = show();
    await fireEvent.input(screen.getByLabelText('Key'), { target: { value: 'foo' } });
    expect(onkey).toHaveBeenCalledExactlyOnceWith({ key: 'foo', slot: 12182 });
    expect(page()).toContain('0xAF96');
    expect(slider().getAttribute('aria-valuenow')).toBe('24');
  });

  test.each([
    ['{user1000}.following', 3443, 'Of {user1000}.following only user1000 is hashed.'],
    ['foo{}{bar}', 8363, 'All of foo{}{bar} is hashed.'],
    ['foo{{bar}}zap', 4015, 'Of foo{{bar}}zap only {bar is hashed.'],
  ])('the preset %s is in slot %i', async (key, slot, sentence) => {
    const { onkey } = show();
    await fireEvent.click(button(key));
    expect(onkey).toHaveBeenCalledExactlyOnceWith({ key, slot });
    expect(screen.getByRole('img', { name: (name) => name.startsWith(sentence) })).toBeTruthy();
  });

  test('all shifts are done at first; back by one shows the seventh of byte e', async () => {
    const { onshift } = show();
    expect(slider().getAttribute('aria-valuenow')).toBe('32');
    await fireEvent.click(button('Previous shift'));
    expect(onshift).toHaveBeenCalledExactlyOnceWith({ done: 31, slot: 1402, label: 'nam' });
    expect(screen.getByText('Byte e, shift 7 of 8')).toBeTruthy();
    expect(screen.getByText('Top bit 1: shift left, then XOR.')).toBeTruthy();
    expect(bits(/^register /)).toEqual([
      'register 1000 1101 1011 1001, 0x8DB9',
      'register 0000 1011 0101 0011, 0x0B53',
    ]);
    expect(bits(/^XOR polynomial/)).toEqual(['XOR polynomial 0001 0000 0010 0001, 0x1021']);
  });

  test.each([
    ['Previous byte', 20, { done: 16, slot: 5282, label: 'na' }],
    ['Next byte', 20, { done: 24, slot: 1402, label: 'nam' }],
    ['Next shift', 31, { done: 32, slot: 5798, label: 'name' }],
  ])('%s from shift %i', async (name, done, place) => {
    const { onshift } = show({ done });
    await fireEvent.click(button(name));
    expect(onshift).toHaveBeenCalledExactlyOnceWith(place);
  });

  test('there is no way back from the beginning, nor on from the end', () => {
    show({ done: 0 });
    expect(button('Previous shift')).toHaveProperty('disabled', true);
    expect(screen.getByText('Before the first shift')).toBeTruthy();
    cleanup();
    show();
    expect(button('Next shift')).toHaveProperty('disabled', true);
  });

  test.each([
    ['ArrowLeft', 11],
    ['ArrowRight', 13],
    ['PageUp', 8],
    ['PageDown', 16],
    ['Home', 0],
    ['End', 32],
  ])('the tape is a slider: %s goes from 12 to %i', async (key, target) => {
    const { onshift } = show({ done: 12 });
    await fireEvent.keyDown(slider(), { key });
    expect(onshift).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ done: target }));
  });

  test('the tape says where it stands', () => {
    show({ done: 31 });
    const value = slider().getAttribute('aria-valuetext');
    expect(value).toBe('31 of 32 shifts, byte e, register 0x0B53');
    expect(page()).toContain('Byte e: XOR at shifts 2 3 6 7; register 0x16A6.');
  });

  test('the table has each prefix with its slot and owner; a click goes there', async () => {
    const { onshift } = show();
    const rows = [...document.querySelectorAll('tbody tr')];
    const cells = rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()));
    expect(cells.map((row) => row.join('|'))).toEqual([
      'n|6e|0x8D68|3432|8901',
      'a|61|0x54A2|5282|8901',
      'm|6d|0x057A|1402|8901',
      'e|65|0x16A6|5798|8902',
    ]);
    await fireEvent.click(button('a'));
    expect(onshift).toHaveBeenCalledExactlyOnceWith({ done: 16, slot: 5282, label: 'na' });
  });

  test('play starts over at the end, goes shift by shift, and stops there', async () => {
    const { onshift } = show({ key: 'a' });
    await fireEvent.click(button('Play the shifts'));
    for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(300);
    const places = onshift.mock.calls.map(([{ done }]) => done);
    expect(places).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(button('Play the shifts')).toBeTruthy();
  });

  test('with reduced motion play goes byte by byte', async () => {
    motionIsReduced = true;
    const { onshift } = show();
    await fireEvent.click(button('Play the shifts'));
    for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(300);
    expect(onshift.mock.calls.map(([{ done }]) => done)).toEqual([0, 8, 16, 24, 32]);
  });

  test('another key stops the playing', async () => {
    const { onshift } = show();
    await fireEvent.click(button('Play the shifts'));
    await fireEvent.click(button('foo'));
    onshift.mockClear();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(onshift).not.toHaveBeenCalled();
  });

  test('the empty key has nothing to move through', () => {
    show({ key: '' });
    expect(screen.getByText('No bytes, no shifts: the register stays 0.')).toBeTruthy();
    expect(screen.queryByRole('slider')).toBeNull();
    expect(page()).toContain('slot 0');
  });

  test('of a long key it says how much is followed', () => {
    show({ key: 'x'.repeat(200) });
    expect(page()).toContain('The first 128 of 200 bytes are followed here.');
    expect(screen.getAllByRole('row')).toHaveLength(129);
  });

  test('speaks Chinese', () => {
    words.locale = 'zh-CN';
    show({ key: '{用户}:1', done: 1 });
    expect(screen.getByText('字节 用，移位 1/8')).toBeTruthy();
    expect(screen.getByText('哈希标签')).toBeTruthy();
  });
});
