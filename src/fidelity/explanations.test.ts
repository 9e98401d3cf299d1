import { describe, expect, test } from 'vitest';
import { EXPLANATIONS, explain } from './explanations';
import { SCRIPTS } from './scripts/all';

const because = (script: string, list: string, text: string): string | null =>
  explain({ script, list, line: { side: 'real', text } });

describe('explanations: known differences, and no others', () => {
  test('a known line in its place has its reason', () => {
    const text = '# Failed to read response from the server: Success';
    expect(because('kill', 'log of 8904', text)).toContain(
      'closes its sockets one after the other',
    );
  });

  test.each([
    ['another script', 'stop', 'log of 8904'],
    ['another list', 'kill', 'replies'],
  ])('not in %s', (_name, script, list) => {
    expect(because(script, list, '# Failed to read response from the server: Success')).toBeNull();
  });

  test('never about who won, what was answered or what a table holds', () => {
    for (const { list, text } of EXPLANATIONS) {
      expect(list.test('replies')).toBe(false);
      expect(list.test('table of 8901, at the end')).toBe(false);
      expect(text.test("# Failover election won: I'm the new master.")).toBe(false);
    }
  });

  test('only scripts that exist', () => {
    const names = SCRIPTS.map(({ name }) => name);
    for (const { scripts = [] } of EXPLANATIONS)
      expect(names).toEqual(expect.arrayContaining([...scripts]));
  });
});
