import { describe, expect, test } from 'vitest';
import { matchesGlob } from './glob';

/** Each pattern against each text was tried on redis-server 7.0.15 with KEYS. */
describe('glob', () => {
  test.each([
    ['fo[ob]', ['foo', 'fob'], ['fo', 'foc', 'fooo']],
    ['fo[^o]', ['fob'], ['foo']],
    ['f?o', ['foo'], ['fo', 'fooo']],
    ['b*', ['b', 'bar'], ['abar']],
    ['*a*b*', ['ab', 'xaxbx'], ['ba']],
    ['h\\[llo', ['h[llo'], ['hello']],
    ['a[^x]b', ['a^b'], ['axb']],
    ['[z-a]ar', ['bar'], ['Bar']],
    ['fo[', [], ['fo', 'fo[']],
    ['fo[a-o', ['foa', 'foo'], ['fo-x']],
    ['[]', [], ['', ']']],
    ['f\\oo', ['foo'], ['f\\oo']],
    ['fo\\', ['fo\\'], ['fo']],
    ['a-b', ['a-b'], ['ab']],
    ['?', ['a'], ['日']],
    ['', [''], ['a']],
  ] as const)('%s', (pattern, fitting, others) => {
    for (const text of fitting) expect(matchesGlob(pattern, text)).toBe(true);
    for (const text of others) expect(matchesGlob(pattern, text)).toBe(false);
  });

  test('capitals, if they do not matter', () => {
    expect(matchesGlob('CLUSTER-*', 'cluster-port', true)).toBe(true);
    expect(matchesGlob('CLUSTER-*', 'cluster-port')).toBe(false);
  });
});
