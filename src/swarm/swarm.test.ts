import { describe, expect, test } from 'vitest';
import { parseAction, printAction } from '../lesson/actions';
import { hardLife } from './hard-life';
import { liveHard, type SwarmResult } from './swarm';
import { parseSwarmOptions } from './swarm-options';

const SEEDS = Array.from({ length: 16 }, (_, i) => i + 1);

describe('swarm: random faults; no rule is ever broken, and in the end all agree', () => {
  const results: SwarmResult[] = [];

  test.each(SEEDS)('seed %i', (seed) => {
    const result = liveHard(seed);
    results.push(result);
    expect(result.broken).toBeNull();
  });

  test('something happens in these lives: masters are replaced, clients write', () => {
    const sum = (of: (result: SwarmResult) => number): number =>
      results.reduce((total, result) => total + of(result), 0);
    expect(sum(({ promotions }) => promotions)).toBeGreaterThan(5);
    expect(sum(({ writes }) => writes)).toBeGreaterThan(1_000);
  });
});

describe('hard life: drawn for a seed', () => {
  test('the same seed, the same life', () => {
    expect(hardLife(7)).toEqual(hardLife(7));
    expect(hardLife(8)).not.toEqual(hardLife(7));
  });

  test.each(SEEDS)('seed %i can be written as sentences and read back, for a link', (seed) => {
    for (const { atMs, input } of hardLife(seed).scene.inputs) {
      const sentence = printAction({ atMs, action: { type: 'input', input } });
      expect(parseAction(sentence)).toEqual({
        ok: true,
        timed: { atMs, action: { type: 'input', input } },
      });
    }
  });
});

describe('npm run swarm: its words', () => {
  test('seeds, jobs and their defaults', () => {
    expect(parseSwarmOptions(['--seeds', '1000'], 2)).toEqual({
      type: 'run',
      options: { from: 1, seeds: 1_000, jobs: 2, json: false },
    });
    expect(parseSwarmOptions(['--seed=17'], 2)).toMatchObject({
      options: { from: 17, seeds: 1, jobs: 1 },
    });
  });

  test.each([
    [['--sed', '7'], 'Did you mean --seed?'],
    [['--seeds', 'many'], '--seeds takes a whole number from 1 to 1000000, not "many"'],
    [['--seed'], '--seed takes a whole number'],
  ])('%j: what is wrong, and what was meant', (argv, sentence) => {
    expect(parseSwarmOptions(argv, 2)).toMatchObject({
      type: 'wrong',
      sentence: expect.stringContaining(sentence) as string,
    });
  });
});
