import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failingFrame } from '../drawing/fixtures';
import { benchKeys } from './bench-keys';
import { Bench } from './bench.svelte';
import { bindKeys, KEY_SHEET } from './keyboard';
import type { Player } from './player';
import { preferences } from './preferences.svelte';
import type { Session } from './session.svelte';
import { eventually } from '../eventually';

const session = {
  ...{ selected: null, chosenSubject: null, viewpoint: '8904', subject: '8901' },
  frame: failingFrame(),
  scene: {},
  stepBeat: vi.fn(),
  changeSpeed: vi.fn(),
} as unknown as Session & { stepBeat: ReturnType<typeof vi.fn> };
const player = { phase: 'idle', next: vi.fn(), back: vi.fn(), skip: vi.fn() } as unknown as Player;

let bench: Bench;
let letGo: () => void;
function bind(of: Player | null = null): void {
  letGo = bindKeys(benchKeys(() => session, bench, of && (() => of)));
}
const press = (key: string, code = key) => fireEvent.keyDown(document.body, { key, code });

beforeEach(() => {
  vi.clearAllMocks();
  bench = new Bench(() => session);
});
afterEach(() => {
  letGo();
  preferences.setProjector(false);
  document.body.replaceChildren();
});

test('C compares all tables and goes back; escape goes back too', async () => {
  bind();
  await press('c', 'KeyC');
  expect([bench.compares, bench.hasPane]).toEqual([true, false]);
  await press('Escape');
  expect([bench.compares, bench.hasPane]).toEqual([false, true]);
});

test('escape leaves the line one types in first: letters are keys again', async () => {
  bind();
  bench.compares = true;
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  await fireEvent.keyDown(field, { key: 'Escape', code: 'Escape' });
  expect([document.activeElement === field, bench.compares]).toEqual([false, true]);
  await press('Escape');
  expect(bench.compares).toBe(false);
});

test('a log has no other tables to compare, nobody to type to, and nothing to do', async () => {
  const scene = { log: { node: '8901' } };
  const log = { viewpoint: null, frame: failingFrame(), scene } as unknown as Session;
  bench = new Bench(() => log);
  letGo = bindKeys(benchKeys(() => log, bench, null));
  await press('c', 'KeyC');
  await press('t', 'KeyT');
  await press(']', 'BracketRight');
  expect([bench.compares, bench.tab, log.viewpoint]).toEqual([false, 'table', '8901']);
  expect([bench.tabs, bench.act, bench.typed]).toEqual([['table', 'log'], undefined, undefined]);
});

test('F makes the viewpoint what the picture is about, and gives it up again', async () => {
  bind();
  await press('f', 'KeyF');
  expect(session.chosenSubject).toBe('8904');
  await press('f', 'KeyF');
  expect(session.chosenSubject).toBeNull();
});

const calls = () =>
  [player.next, player.back, player.skip].map((fn) => vi.mocked(fn).mock.calls.length);

test('a clicker steps the lesson, and beat by beat where there is none', async () => {
  bind(player);
  await press('PageDown');
  await press('PageUp');
  expect(calls()).toEqual([1, 1, 0]);
  letGo();
  bind();
  await press('PageDown');
  await press('PageUp');
  expect(session.stepBeat.mock.calls).toEqual([[1], [-1]]);
});

test('a question waits for its reader at a desk; before a room the next click answers it', async () => {
  const asked = { ...player, phase: 'asking' } as Player;
  bind(asked);
  await press('PageDown');
  expect(calls()).toEqual([0, 0, 0]);
  preferences.setProjector(true);
  await press('PageDown');
  await press('n', 'KeyN');
  expect(calls()).toEqual([0, 0, 2]);
});

test('B and the dot blank the screen of a projector only', async () => {
  bind();
  await press('.', 'Period');
  await press('b', 'KeyB');
  expect(bench.isBlank).toBe(false);
  preferences.setProjector(true);
  await press('.', 'Period');
  expect(bench.isBlank).toBe(true);
  await press('b', 'KeyB');
  expect(bench.isBlank).toBe(false);
});

test('plus and minus size a projector between 0.8 and 1.4', async () => {
  bind();
  preferences.setProjector(true);
  for (let i = 0; i < 9; i += 1) await press('-', 'Minus');
  expect(bench.projectorSize).toBeCloseTo(0.8);
  for (let i = 0; i < 9; i += 1) await press('=', 'Equal');
  expect(bench.projectorSize).toBeCloseTo(1.4);
});

test('M and : go to the matrix and to the command line; typing, letters are letters', async () => {
  document.body.innerHTML =
    '<button data-observer="8901" tabindex="0">8901</button><input name="command" />';
  bind();
  await press('m', 'KeyM');
  expect(document.activeElement?.textContent).toBe('8901');
  await press(':', 'Semicolon');
  const line = document.querySelector('input')!;
  expect(document.activeElement).toBe(line);
  await fireEvent.keyDown(line, { key: 'c', code: 'KeyC', bubbles: true });
  expect(bench.compares).toBe(false);
});

test('T waits for the line of the terminal, and takes no other one meanwhile', async () => {
  document.body.innerHTML = '<input name="command" />';
  bind();
  await press('t', 'KeyT');
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(document.body);
  const line = document.body.appendChild(document.createElement('input'));
  line.name = 'terminal';
  await eventually(() => expect(document.activeElement).toBe(line));
});

test('N goes on, and the keyboard is at the new step', async () => {
  document.body.innerHTML =
    '<article class="lesson"><div class="step" tabindex="-1"></div></article>';
  bind(player);
  await press('n', 'KeyN');
  expect(player.next).toHaveBeenCalledOnce();
  await eventually(() => expect(document.activeElement?.className).toBe('step'));
});

test('the key sheet names every key of the page', () => {
  const caps = KEY_SHEET.flatMap(([keys]) => keys);
  for (const cap of [
    'space',
    '0',
    '[',
    'I',
    'M',
    'C',
    'T',
    'F',
    'P',
    'B',
    '.',
    '/',
    '?',
    'L',
    'D',
  ]) {
    expect(caps).toContain(cap);
  }
});
