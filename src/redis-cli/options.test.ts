import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_OPTIONS,
  decimalIn,
  hostArgument,
  parseAddress,
  parseCommandLine,
  wholeNumberIn,
} from './options';

const parse = (text: string) => parseCommandLine(text.split(' '));

describe('options: what the tool understands', () => {
  test.each([
    ['--cluster check a:1', { command: 'check', args: ['a:1'] }],
    ['--cluster info a 1', { command: 'info', args: ['a', '1'] }],
    ['--cluster-yes --cluster check a:1', { args: ['a:1'], flags: ['--cluster-yes'] }],
    ['--cluster check --cluster-yes a:1', { args: ['a:1'] }],
    ['--cluster check a:1 --cluster-yes b:2', { args: ['a:1'] }],
    ['--cluster create a:1 b:2 --cluster-replicas 1', { args: ['a:1', 'b:2'], replicas: 1 }],
    ['--cluster reshard a:1 --cluster-slots 9x --cluster-from all', { slots: 9, from: 'all' }],
    ['--cluster rebalance a:1 --cluster-threshold 1.5', { threshold: 1.5 }],
    ['--cluster rebalance --cluster-weight a=1 b=2 a:1', { weights: ['a=1', 'b=2'] }],
    ['--cluster help', { command: 'help', args: [] }],
  ])('%s', (text, expected) => {
    const parsed = parse(text);
    expect(parsed.ok && parsed.options).toMatchObject(expected);
  });

  test('what is not said stays as the tool has it', () => {
    const parsed = parse('--cluster info a:1');
    expect(parsed.ok && parsed.options).toEqual({
      ...DEFAULT_OPTIONS,
      command: 'info',
      args: ['a:1'],
    });
    expect(DEFAULT_OPTIONS).toMatchObject({ timeoutMs: 60_000, pipeline: 10, threshold: 2 });
  });
});

describe('options: what it refuses', () => {
  test.each([
    ['--cluster', "Unrecognized option or bad number of args for: '--cluster'"],
    ['--cluster check a:1 --bogus', "Unrecognized option or bad number of args for: '--bogus'"],
    [
      '--cluster check a:1 --cluster-slots',
      "Unrecognized option or bad number of args for: '--cluster-slots'",
    ],
    ['--cluster chekc a:1', 'Unknown --cluster subcommand'],
    ['--cluster create a:1', '[ERR] Wrong number of arguments for specified --cluster sub command'],
    ['--cluster del-node a:1', '[ERR] Wrong number of arguments'],
    ['--cluster rebalance a:1 --cluster-weight a=1 --cluster-weight b=1', 'WARNING: you cannot'],
  ])('%s', (text, line) => {
    const parsed = parse(text);
    expect(parsed.ok ? 'understood' : parsed.line).toContain(line);
  });

  test('no words make it throw', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('--cluster', 'check', '--cluster-weight'));
    fc.assert(fc.property(fc.array(word), (words) => void parseCommandLine(words)));
  });
});

test.each([
  ['a:1', { ip: 'a', port: 1, busPort: 0 }],
  ['127.0.0.1:8901@18901', { ip: '127.0.0.1', port: 8901, busPort: 18_901 }],
  ['127.0.0.1:8901@18901,host', { ip: '127.0.0.1', port: 8901, busPort: 18_901 }],
  [':0@0', { ip: '', port: 0, busPort: 0 }],
  ['localhost', null],
])('options: the address %s', (text, expected) => {
  expect(parseAddress(text)).toEqual(expected);
});

test('options: a node is named in one word or two', () => {
  expect(hostArgument(['a:1'])).toEqual({ ip: 'a', port: 1 });
  expect(hostArgument(['a', '1'])).toEqual({ ip: 'a', port: 1 });
  expect(hostArgument(['a'])).toBeNull();
  expect(hostArgument(['a', 'x'])).toBeNull();
});

test('options: numbers as the C library reads them', () => {
  expect(['12abc', ' 7', '-3', 'x', ''].map(wholeNumberIn)).toEqual([12, 7, -3, 0, 0]);
  expect(['1.5x', '.5', '2', 'x', '1e2'].map(decimalIn)).toEqual([1.5, 0.5, 2, 0, 100]);
});
