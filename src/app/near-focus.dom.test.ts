/** The keyboard is never lost: what goes away under it leaves it near its place. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { focusAround, keepFocusNear, mendOnNewPage } from './near-focus';

let stop = () => {};
beforeEach(() => {
  vi.useFakeTimers();
  stop = keepFocusNear();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.replaceChildren();
});

const element = (selector: string) => document.querySelector<HTMLElement>(selector)!;
function press(selector: string, act: (pressed: HTMLElement) => void) {
  const pressed = element(selector);
  pressed.focus();
  pressed.addEventListener('click', () => act(pressed));
  pressed.click();
  vi.runAllTimers();
}

test('a button that goes away leaves the focus to what stands around it', () => {
  document.body.innerHTML = '<main><section><p><button>Undo</button></p></section></main>';
  press('button', (button) => button.remove());
  expect(document.activeElement).toBe(element('section'));
});

test('so does one that takes no more presses', () => {
  document.body.innerHTML = '<div role="group"><button>A</button><button>B</button></div>';
  press('button', (button) => ((button as HTMLButtonElement).disabled = true));
  expect(document.activeElement).toBe(element('[role=group]'));
});

test('where all of it is gone, the stage has it, or the heading of the new page', () => {
  document.body.innerHTML = '<main><button>Compare</button></main>';
  press('button', () => (document.body.innerHTML = '<h1>One</h1><main id="stage"></main>'));
  expect(document.activeElement).toBe(element('#stage'));
  document.body.innerHTML = '<main><h1>Two</h1></main>';
  mendOnNewPage();
  expect(document.activeElement).toBe(element('h1'));
});

test('also where what comes instead had to be loaded', () => {
  document.body.innerHTML = '<main><button>Compare</button></main>';
  press('button', () => {
    setTimeout(() => (document.body.innerHTML = '<main id="stage"></main>'), 500);
  });
  expect(document.activeElement).toBe(element('#stage'));
});

test('a part that is still there was left on purpose, and a fresh page has no focus to keep', () => {
  document.body.innerHTML = '<main><button>Play</button></main>';
  mendOnNewPage();
  expect(document.activeElement).toBe(document.body);
  element('button').focus();
  element('button').blur();
  mendOnNewPage();
  expect(document.activeElement).toBe(document.body);
});

test('a part that moved the focus itself is not overruled', () => {
  document.body.innerHTML = '<main><button>Undo</button><input /></main>';
  press('button', (button) => {
    element('input').focus();
    button.remove();
  });
  expect(document.activeElement).toBe(element('input'));
});

test('out of a line the focus goes to the form around it', () => {
  document.body.innerHTML = '<form><label><input /></label></form>';
  element('input').focus();
  focusAround(element('input'));
  expect(document.activeElement).toBe(element('form'));
});
