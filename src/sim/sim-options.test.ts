import { describe, expect, test } from 'vitest';
import { parseSimOptions } from './sim-options';

const parse = (text: string) => parseSimOptions(text === '' ? [] : text.split(' '));
const wrong = (argv: readonly string[]): string => {
  const parsed = parseSimOptions(argv);
  return parsed.type === 'wrong' ? parsed.sentence : parsed.type;
};
const options = (argv: readonly string[]) => {
  const parsed = parseSimOptions(argv);
  if (parsed.type !== 'run') throw new Error(JSON.stringify(parsed));
  return parsed.options;
};

describe('sim: what it understands', () => {
  test('nothing at all: three masters, three replicas, 30 seconds', () => {
    expect(options([])).toMatchObject({
      scene: { masters: 3, replicasPerMaster: 1, nodeTimeoutMs: 5_000, seed: 1, inputs: [] },
      untilMs: 30_000,
      logLevel: 'notice',
    });
  });

  test.each([
    ['40s', 40_000],
    ['1500ms', 1_500],
    ['2m', 120_000],
    ['0.5s', 500],
  ])('--for %s', (text, untilMs) => {
    expect(options(['--for', text]).untilMs).toBe(untilMs);
  });

  test('--name=value, and --do again and again', () => {
    const { scene } = options(['--seed=7', '--do', 'at 10s kill 8901', '--do=wake 8902']);
    expect(scene.seed).toBe(7);
    expect(scene.inputs).toEqual([
      { atMs: 10_000, input: { type: 'kill', node: '8901' } },
      { atMs: 0, input: { type: 'wake', node: '8902' } },
    ]);
  });

  test.each(['--help', '-h', '--seed 3 --help'])('%s', (text) => {
    expect(parse(text)).toEqual({ type: 'help' });
  });
});

describe('sim: what it refuses, in one sentence', () => {
  test.each([
    [['--sed', '3'], 'Did you mean --seed?'],
    [['--switch', 'ignore-epoch'], 'Did you mean ignore-epochs?'],
    [['--seed'], '--seed needs a value after it; see --help'],
    [['--seed', 'x'], '--seed "x" is not a whole number from 0 to 2147483647'],
    [['--for', '3 days'], '--for "3 days" is not a time such as 40s, 1500ms or 2m'],
    [['--quiet', 'sent,recieved'], 'Did you mean received?'],
    [['--loglevel', 'loud'], '"loud" is no log level here'],
    [['--masters', '2'], 'At least 6 nodes are required.'],
    [['--masters', '900', '--replicas', '1'], '1800 nodes are too many'],
    [['--do', 'kill 9999'], '--do "kill 9999":'],
  ])('%j', (argv, sentence) => {
    expect(wrong(argv)).toContain(sentence);
  });
});
