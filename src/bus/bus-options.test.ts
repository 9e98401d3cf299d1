import { describe, expect, test } from 'vitest';
import { parseBusOptions } from './bus-options';

const parse = (text: string) => parseBusOptions(text === '' ? [] : text.split(' '));

describe('bus: what it understands', () => {
  test.each([
    ['decode a.bin', { command: 'decode', input: 'a.bin' }],
    ['decode -', { command: 'decode', input: '-' }],
    ['decode', { command: 'decode', input: '-' }],
    ['encode', { command: 'encode', input: '-', out: null }],
    ['encode a.json --out b.bin', { command: 'encode', input: 'a.json', out: 'b.bin' }],
    ['encode --out=b.bin', { command: 'encode', input: '-', out: 'b.bin' }],
    ['fuzz', { command: 'fuzz', count: 100_000, seed: 1 }],
    ['fuzz --count 9 --seed=3', { command: 'fuzz', count: 9, seed: 3 }],
    [
      'shadow a.index.json',
      { command: 'shadow', inputs: ['a.index.json'], json: false, live: false },
    ],
    ['shadow a b --json', { command: 'shadow', inputs: ['a', 'b'], json: true, live: false }],
    ['shadow --live a', { command: 'shadow', inputs: ['a'], json: false, live: true }],
  ])('%s', (text, options) => {
    expect(parse(text)).toEqual({ type: 'run', options });
  });

  test.each(['', '--help', 'decode -h'])('help: "%s"', (text) => {
    expect(parse(text)).toEqual({ type: 'help' });
  });
});

describe('bus: what it refuses, in one sentence', () => {
  test.each([
    ['decod a.bin', '"decod" is no command; allowed are decode, encode, fuzz, shadow'],
    ['decod a.bin', 'Did you mean decode?'],
    ['encode --ot b.bin', '"--ot" is no option of encode; allowed are --out. Did you mean --out?'],
    ['decode --out b.bin', '"--out" is no option of decode: it takes none'],
    ['encode --out', '--out needs a value after it'],
    ['decode a.bin b.bin', '"b.bin" is one word too many; decode takes 1'],
    ['shadow --json', 'shadow needs a recording: the name of its .index.json'],
    ['fuzz --count many', '--count "many" is not a whole number from 1 to 1000000000'],
  ])('%s', (text, sentence) => {
    const parsed = parse(text);
    expect(parsed.type === 'wrong' ? parsed.sentence : parsed.type).toContain(sentence);
  });
});
