import { afterEach, expect, test } from 'vitest';
import { covers } from './embedded-fonts';
import { svgOfElement } from './svg-of-element';

afterEach(() => document.body.replaceChildren());

const WORDS = { title: 'Six nodes at 1.000 s', description: 'A calm cluster.' };

function pictureOf(html: string): XMLDocument {
  document.body.innerHTML = `<div style="background-color: rgb(1, 2, 3)">${html}</div>`;
  const text = svgOfElement(document.body.firstElementChild as HTMLElement, WORDS);
  return new DOMParser().parseFromString(text, 'image/svg+xml');
}

test('picture: title and description come first, and the paper lies below all', () => {
  const { children } = pictureOf('').documentElement;
  expect([...children].slice(0, 3).map(({ localName }) => localName)).toEqual([
    'title',
    'desc',
    'rect',
  ]);
  expect(children[0]!.textContent).toBe(WORDS.title);
  expect(children[1]!.textContent).toBe(WORDS.description);
  expect(children[2]!.getAttribute('fill')).toBe('rgb(1, 2, 3)');
});

test('picture: what is hidden, or there for ears only, stays out', () => {
  const picture = pictureOf(
    '<p style="display: none">a</p><p class="unseen">b</p><p data-no-picture>c</p>',
  );
  expect(picture.documentElement.textContent).toBe(WORDS.title + WORDS.description);
});

test('picture: letters bring the pieces of a typeface that hold them, and no others', () => {
  const han = new Set(['槽'.codePointAt(0)!]);
  expect(covers('U+4E00-9FFF, U+31', han)).toBe(true);
  expect(covers('U+0-FF', han)).toBe(false);
  expect(covers('', han)).toBe(true);
});
