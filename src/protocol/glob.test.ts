import { expect, test } from 'vitest';
import { matchesGlob } from './glob';

test.each([
  ['*', 'anything', true],
  ['cluster-*', 'cluster-port', true],
  ['cluster-*', 'xcluster-port', false],
  ['h?llo', 'hello', true],
  ['h?llo', 'hllo', false],
  ['h[ae]llo', 'hallo', true],
  ['h[ae]llo', 'hillo', false],
  ['h[^e]llo', 'hello', false],
  ['h[b-a]llo', 'hallo', true],
  ['h[ae', 'ha', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['a.b', 'axb', false],
  ['*a*b*', 'xxaxxbxx', true],
  ['a**b', 'a\nb', true],
])('glob: %s and %s: %s', (pattern, text, fits) => {
  expect(matchesGlob(pattern, text)).toBe(fits);
});

test('glob: capitals count unless told otherwise', () => {
  expect(matchesGlob('CLUSTER-*', 'cluster-port')).toBe(false);
  expect(matchesGlob('CLUSTER-*', 'cluster-port', true)).toBe(true);
});
