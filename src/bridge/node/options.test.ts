import { expect, test } from 'vitest';
import { parseOptions } from './options';

const sentence = (...argv: string[]): string => {
  const parsed = parseOptions(argv);
  return parsed.type === 'wrong' ? parsed.sentence : parsed.type;
};

test('without a word: three masters, a replica each, five seconds, port 7700', () => {
  expect(parseOptions([])).toMatchObject({
    type: 'run',
    options: { masters: 3, replicasPerMaster: 1, nodeTimeoutMs: 5_000, port: 7_700, attach: null },
  });
});

test('an address to attach to, and the logs of its nodes', () => {
  const parsed = parseOptions(['--attach', '127.0.0.1:7001', '--log', '7001=/var/log/7001.log']);
  expect(parsed).toMatchObject({ options: { attach: { host: '127.0.0.1', port: 7_001 } } });
  expect(parsed.type === 'run' && parsed.options.logs.get(7_001)).toBe('/var/log/7001.log');
});

test.each([
  [['--masters', 'many'], '--masters is "many"; expected a whole number from 1 to 20.'],
  [['--masters', '9', '--replicas', '2'], '27 nodes are too many: at most 20.'],
  [['--timeout', '10'], '--timeout is "10"; expected a whole number from 500 to 60000.'],
  [['--attach', 'here'], '--attach is "here"; expected HOST:PORT, as 127.0.0.1:7001.'],
  [['--proxy'], '--proxy and --log belong to --attach HOST:PORT.'],
  [['--keep', '--attach', '7001'], /^--keep is for a cluster of the bridge's own/],
  [['here'], '"here" is no option; options begin with --, as --masters 3. --help lists them.'],
  [['--master', '3'], /Did you mean --masters\?$/],
])('%j is refused in one sentence', (argv, expected) => {
  if (typeof expected === 'string') expect(sentence(...argv)).toBe(expected);
  else expect(sentence(...argv)).toMatch(expected);
});
