import { describe, expect, test } from 'vitest';
import { compileLesson } from '../../lesson/compile-lesson';
import { quoteGuesses } from './quote-guesses';

const STEPS = {
  pick: 'options: [{ id: a, right: true }, { id: b, because: b }]',
  count: 'is: 2',
  moment: 'is: 7500',
  who: 'nodes: [8901]',
  line: 'items: [x, y]\n    orders: [[x, y]]',
  say: '',
};
const ASKS = ['choice', 'number', 'time', 'node', 'order', 'free'];
const steps = Object.entries(STEPS).map(
  ([id, rest], i) =>
    `  - id: ${id}\n    kind: reflect\n    ask: ${ASKS[i]}\n    highlight: []\n    ${rest}\n`,
);
const YAML = `minutes: 1\nscene: { nodes: 3+3, seed: 1, opens: 8s }\nsteps:\n${steps.join('')}`;
const PIECES =
  '### a\n\nYes\n\n### b\n\nNo & no\n\n### x\n\nX\n\n### y\n\nY\n\n### unit\n\nvotes\n\n';
const PROSE = Object.keys(STEPS).map((id) => `## ${id}\n\n**?**\n\n${PIECES}`);
const { lesson } = compileLesson({
  slug: 'x',
  files: { 'lesson.yaml': YAML, 'en.md': PROSE.join(''), 'zh-CN.md': '' },
});

const quote = (step: string) => `<span class="guess" data-step="${step}"></span>`;
const said = (html: string, guesses: Parameters<typeof quoteGuesses>[3]) =>
  quoteGuesses(html, lesson!, 'en', guesses);

describe('an answer is quoted in the words it was given in', () => {
  test.each([
    ['pick', 'b', 'No &amp; no'],
    ['count', 3, '3\u00a0votes'],
    ['moment', 7500, '7.5\u00a0s'],
    ['who', '8904', '<span class="nref" data-node="8904">8904</span>'],
    ['line', ['y', 'x'], 'Y → X'],
    ['say', '<b>me & you', '&#60;b&#62;me &#38; you'],
  ] as const)('%s', (step, guess, text) => {
    expect(said(`You: ${quote(step)}.`, { [step]: guess })).toBe(
      `You: <q class="guess">${text}</q>.`,
    );
  });
});

test('a paragraph that quotes what nobody said is left out, the others stay', () => {
  const html = `<p>One.</p><p>You: ${quote('count')}.</p><p>Two.</p>`;
  expect(said(html, { count: null })).toBe('<p>One.</p><p>Two.</p>');
  expect(said(html, {})).toBe('<p>One.</p><p>Two.</p>');
  expect(said(`You: ${quote('count')}.`, {})).toBe('');
});
