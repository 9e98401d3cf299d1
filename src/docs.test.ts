/** Pages that are made from the code say what the code says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  SIMPLIFICATIONS,
  simplificationsOf,
  simplificationsPage,
  withoutLineNumbers,
} from '../scripts/simplifications';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('docs/simplifications.md', () => {
  test('lists every Simplified: of the code', () => {
    const page = readFileSync(ROOT + SIMPLIFICATIONS, 'utf8');
    expect(
      withoutLineNumbers(page),
      `${SIMPLIFICATIONS} is out of date: run \`npm run docs\` and commit what it writes`,
    ).toBe(withoutLineNumbers(simplificationsPage(ROOT)));
  });

  test('each with its line, its function, and one sentence, however many lines it takes', () => {
    const text = [
      '/**',
      ' * What this file does.',
      ' * Simplified: all of it,',
      ' * in 7.0 too. More words.',
      ' * Source: nowhere.',
      ' */',
      "import { it } from './it';",
      '',
      '/** Says no. Simplified: it never says yes. */',
      'export function no() {',
      '  // Simplified: one answer,',
      '  // always the same',
      '  return it;',
      '}',
    ].join('\n');
    expect(simplificationsOf('src/no.ts', text)).toEqual([
      { path: 'src/no.ts', line: 3, name: null, sentence: 'all of it, in 7.0 too.' },
      { path: 'src/no.ts', line: 9, name: 'no', sentence: 'it never says yes.' },
      { path: 'src/no.ts', line: 11, name: 'no', sentence: 'one answer, always the same' },
    ]);
  });

  test('a tag without a sentence', () => {
    expect(() => simplificationsOf('src/no.ts', 'let a;\n// Simplified:\nlet b;\n')).toThrow(
      'src/no.ts:2: "Simplified:" needs a sentence after it',
    );
  });
});
