import { expect, test } from 'vitest';
import { SECTIONS, parseBenchOptions } from './bench-options';

test('nothing said: everything, three rounds', () => {
  const options = { sections: SECTIONS, quick: false, rounds: 3, out: null };
  expect(parseBenchOptions([])).toEqual({ type: 'run', options });
});

test('one section, quickly', () => {
  const parsed = parseBenchOptions(['engine', '--quick', '--out', 'x.json']);
  const options = { sections: ['engine'], quick: true, rounds: 1, out: 'x.json' };
  expect(parsed).toEqual({ type: 'run', options });
});

test.each([
  [['enigne'], 'There is no section "enigne": one of engine?'],
  [['--rounds', 'many'], '--rounds wants a whole number from 1 to 99, not "many".'],
  [['--fast'], "Unknown option '--fast'"],
])('%j: says what is wrong', (argv, sentence) => {
  const parsed = parseBenchOptions(argv);
  expect(parsed.type === 'wrong' && parsed.sentence).toContain(sentence);
});

test.each(['bridge', 'abuse'])('%s runs only when it is named', (section) => {
  expect(SECTIONS).not.toContain(section);
  const parsed = parseBenchOptions([section]);
  expect(parsed.type === 'run' && parsed.options.sections).toEqual([section]);
});
