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

test('picture: a gradient that the page keeps elsewhere comes along, once', () => {
  document.body.innerHTML =
    '<svg><defs><linearGradient id="tint"><stop offset="1"></stop></linearGradient></defs></svg>' +
    '<div><svg width="9" height="9"><path d="M0 0" style="fill: url(#tint)"></path>' +
    '<path d="M1 1" style="fill: url(#tint)"></path></svg></div>';
  const root = document.body.lastElementChild as HTMLElement;
  const size = { x: 0, y: 0, left: 0, top: 0, right: 9, bottom: 9, width: 9, height: 9 };
  root.querySelector('svg')!.getBoundingClientRect = () => size as DOMRect;
  const text = svgOfElement(root, WORDS);
  expect(text.match(/url\(.?#tint/g)).toHaveLength(2);
  expect(text.match(/id="tint"/g)).toHaveLength(1);
});

test('picture: letters bring the pieces of a typeface that hold them, and no others', () => {
  const han = new Set(['槽'.codePointAt(0)!]);
  expect(covers('U+4E00-9FFF, U+31', han)).toBe(true);
  expect(covers('U+0-FF', han)).toBe(false);
  expect(covers('', han)).toBe(true);
});
