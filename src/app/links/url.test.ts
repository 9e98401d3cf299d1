import { describe, expect, test } from 'vitest';
import { BARE_SANDBOX, type Place } from './place';
import { restOfLink } from './rest-of-link';
import { hashOf, placeOf } from './url';

const SLUGS = ['slots', 'gossip', 'fail', 'election'];

describe('placeOf', () => {
  test.each([
    ['', { page: 'home' }],
    ['#/', { page: 'home' }],
    ['#/lesson', { page: 'home' }],
    ['#/cases', { page: 'home', at: 'cases' }],
    ['#/lesson/fail', { page: 'lesson', slug: 'fail', step: null }],
    ['#/lesson/fail?step=quorum', { page: 'lesson', slug: 'fail', step: 'quorum' }],
    ['#/lesson/fail/handout', { page: 'paper', slug: 'fail', paper: 'handout' }],
    ['#/own?z=1.abc&step=try', { page: 'own', packed: '1.abc', step: 'try' }],
    ['#/sandbox', { page: 'sandbox', ...BARE_SANDBOX }],
  ] as [string, Place][])('%s', (hash, place) => {
    expect(placeOf(hash, SLUGS)).toEqual(place);
  });

  test('a link with deeds', () => {
    const hash =
      '#/sandbox?masters=5&replicas=2&seed=7&do=at+4200ms+freeze+8901&do=at+9s+heal+all&at=12000';
    expect(placeOf(hash, SLUGS)).toEqual({
      page: 'sandbox',
      masters: 5,
      replicas: 2,
      timeoutMs: 5_000,
      seed: 7,
      deeds: ['at 4200ms freeze 8901', 'at 9s heal all'],
      atMs: 12_000,
    });
  });

  test.each([
    ['#/lessen/fail', { kind: 'page', found: '/lessen/fail', word: 'lessen' }],
    ['#/zzzzzz', { kind: 'page', found: '/zzzzzz', word: 'zzzzzz' }],
    ['#/lesson/fial', { kind: 'lesson', found: 'fial', word: 'fial' }],
    ['#/lesson/%E4%BD%A0', { kind: 'lesson', found: '你', word: '你' }],
    ['#/lesson/%E4', { kind: 'lesson', found: '%E4', word: '%E4' }],
    ['#/sandbox?masters=2', { kind: 'few-masters', nodes: 4, replicas: 1 }],
    ['#/sandbox?masters=200', { kind: 'many-nodes', nodes: 400, most: 300 }],
    [
      '#/sandbox?seed=-1',
      { kind: 'number', name: 'seed', found: '-1', least: 0, most: 4294967295 },
    ],
    ['#/sandbox?masters=', { kind: 'number', name: 'masters', found: '', least: 1, most: 300 }],
    [
      '#/sandbox?masters=3.5',
      { kind: 'number', name: 'masters', found: '3.5', least: 1, most: 300 },
    ],
  ])('%s says what is wrong', (hash, problem) => {
    expect(placeOf(hash, SLUGS)).toMatchObject({ page: 'wrong', problem });
  });

  test('a number that cannot be: the rest of the link is there to be opened', () => {
    const [good, bad] = ['#/sandbox?masters=5&seed=7&at=9000', '#/sandbox?masters=5&seed=7&at=-1'];
    const wrong = placeOf(bad, SLUGS);
    if (wrong.page !== 'wrong') throw new Error('it can be opened');
    const rest = restOfLink(bad, wrong.problem)!;
    expect({ page: 'sandbox', ...rest }).toEqual({ ...placeOf(good, SLUGS), atMs: null });
    expect(restOfLink('#/sandbox?masters=x&seed=-1', wrong.problem)).toBeUndefined();
  });

  test.each(['soon', '-1', '4.5', ''])(
    'a lesson at “%s” opens, and knows it is no moment',
    (at) => {
      expect(placeOf(`#/lesson/fail?step=quorum&at=${at}`, SLUGS)).toEqual({
        page: 'lesson',
        slug: 'fail',
        step: 'quorum',
        lostAt: at,
      });
    },
  );
});

test.each([
  { page: 'home' },
  { page: 'home', at: 'cases' },
  { page: 'lesson', slug: 'fail', step: 'quorum' },
  { page: 'sandbox', ...BARE_SANDBOX },
  {
    page: 'sandbox',
    masters: 4,
    replicas: 0,
    timeoutMs: 900,
    seed: 3,
    deeds: ['at 4200ms freeze 8901', 'at 5000ms 8901 SET {a}&b=c "x;y"'],
    atMs: 4_300,
  },
] as Place[])('hashOf: the address of %j leads back to it', (place) => {
  expect(placeOf(hashOf(place), SLUGS)).toEqual(place);
});
