import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differingLines } from './transcript';

const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

describe('differing lines', () => {
  test('what one side has alone, in order', () => {
    expect(differingLines(['a', 'b', 'c'], ['a', 'c', 'd'])).toEqual([
      { side: 'real', text: 'b' },
      { side: 'simulated', text: 'd' },
    ]);
  });

  test('none between equal lists, and only between equal lists', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        expect(differingLines(a, b).length === 0).toBe(a.join() === b.join());
      }),
    );
  });

  test('taken away and put in, they turn one list into the other', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = differingLines(a, b);
        const real = diff.filter(({ side }) => side === 'real').length;
        const simulated = diff.length - real;
        expect(a.length - real).toBe(b.length - simulated);
        expect(diff.length).toBeLessThanOrEqual(a.length + b.length);
      }),
    );
  });
});
