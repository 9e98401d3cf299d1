import { expect, test } from 'vitest';
import type { Place } from '../links/place';
import { placeOf } from '../links/url';
import { nearestTo } from './problem-text';

const SLUGS = ['slots', 'fail'];
const nearest = (hash: string) => {
  const place: Place = placeOf(hash, SLUGS);
  return place.page === 'wrong' ? nearestTo(place.problem) : 'known';
};

test.each([
  ['#/lessen/fail', 'lesson'],
  ['#/zzzzzz', null],
  ['#/lesson/fial', 'fail'],
  ['#/lesson/%E4%BD%A0', null],
  ['#/sandbox?masters=2', null],
  ['#/lesson/fail', 'known'],
])('what may have been meant by %s: %s', (hash, word) => {
  expect(nearest(hash)).toBe(word);
});
