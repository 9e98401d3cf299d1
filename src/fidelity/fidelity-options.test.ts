import { describe, expect, test } from 'vitest';
import { parseFidelityOptions } from './fidelity-options';

const parse = (text: string) => parseFidelityOptions(text === '' ? [] : text.split(' '));

describe('npm run fidelity: what it understands', () => {
  test('nothing at all: twenty runs at two timeouts', () => {
    expect(parse('')).toMatchObject({
      type: 'run',
      options: { short: false, only: [], runs: 20, timeoutsMs: [2_000, 5_000], json: false },
    });
  });

  test('other timeouts, some scripts, another server', () => {
    expect(
      parse('--timeout 1500 --timeout=3000 --only kill --only moved --redis-server /opt/redis'),
    ).toMatchObject({
      options: { timeoutsMs: [1_500, 3_000], only: ['kill', 'moved'], redisServer: '/opt/redis' },
    });
  });

  test.each(['--help', '-h', '--short --help'])('%s', (text) => {
    expect(parse(text)).toEqual({ type: 'help' });
  });
});

describe('npm run fidelity: what it refuses, in one sentence', () => {
  test.each([
    ['--shot', 'Did you mean --short?'],
    ['--only kil', 'Did you mean kill?'],
    ['--runs many', '--runs "many" is not a whole number from 1 to 1000'],
    ['--timeout 10', '--timeout "10" is not a whole number from 500 to 60000'],
    ['--runs', "Option '--runs <value>' argument missing"],
    ['kill', "Unexpected argument 'kill'"],
  ])('%s', (text, sentence) => {
    const parsed = parse(text);
    expect(parsed.type).toBe('wrong');
    expect(parsed).toHaveProperty('sentence', expect.stringContaining(sentence));
  });
});
