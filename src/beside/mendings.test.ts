import { describe, expect, test } from 'vitest';
import type { Input } from '../kernel/inputs';
import type { Episode } from './deeds-of-notes';
import { isStillTrue, mendingsOf, withMendings, type Standing } from './mendings';

const NODE_TIMEOUT_MS = 2_000;
const stopped: Standing = {
  nodes: [
    { number: 1, port: 8901, state: 'stopped', untilMs: 9_000 },
    { number: 2, port: 8902, state: 'running', untilMs: null },
  ],
  faults: [],
};
const cut: Standing = {
  nodes: stopped.nodes.map((node) => ({ ...node, state: 'running', untilMs: null })),
  faults: [
    {
      ...{ mode: 'cut', untilMs: 5_000 },
      ways: [
        [1, 2],
        [2, 1],
      ],
    },
  ],
};
const episode = (...deeds: [number, Input][]): Episode => ({
  ...{ fromMs: 1_000, untilMs: 1_500 },
  deeds: deeds.map(([atMs, input]) => ({ atMs, input })),
});
const freeze: Input = { type: 'freeze', node: '8901' };
const wake: Input = { type: 'wake', node: '8901' };

describe('what the bridge mends by itself', () => {
  test('processes come back, and links heal way by way', () => {
    expect(mendingsOf(stopped)).toEqual([{ atMs: 9_000, input: wake }]);
    expect(mendingsOf(cut).map(({ input }) => input)).toEqual([
      { type: 'heal', from: '8901', to: '8902', oneWay: true },
      { type: 'heal', from: '8902', to: '8901', oneWay: true },
    ]);
  });

  test('an episode is whole with it, up to where nothing more follows', () => {
    const whole = withMendings(episode([0, freeze]), mendingsOf(stopped), NODE_TIMEOUT_MS);
    expect(whole.deeds.map(({ atMs, input }) => [atMs, input.type])).toEqual([
      [0, 'freeze'],
      [8_000, 'wake'],
    ]);
    expect(whole.untilMs).toBe(9_000 + 6 * NODE_TIMEOUT_MS + 10_000);
  });

  test('what is mended already, or belongs to another episode, is not mended once more', () => {
    const mended = episode([0, freeze], [600, wake]);
    for (const standing of [stopped, cut]) {
      const { deeds } = withMendings(mended, mendingsOf(standing), NODE_TIMEOUT_MS);
      expect(deeds).toEqual(mended.deeds);
    }
  });
});

describe('what was played', () => {
  const played = withMendings(episode([0, freeze]), mendingsOf(stopped), NODE_TIMEOUT_MS);

  test('stays true when the bridge mends, before and after that is noted', () => {
    expect(isStillTrue(played, episode([0, freeze]), 9_100)).toBe(true);
    expect(isStillTrue(played, episode([0, freeze], [8_200, wake]), 20_000)).toBe(true);
  });

  test('is of the past when somebody mends earlier, or does something else', () => {
    expect(isStillTrue(played, episode([0, freeze], [3_000, wake]), 4_500)).toBe(false);
    const kill: Input = { type: 'kill', node: '8903' };
    expect(isStillTrue(played, episode([0, freeze], [500, kill]), 2_000)).toBe(false);
    expect(isStillTrue(played, { ...played, fromMs: 7 }, 2_000)).toBe(false);
  });

  test('and when what was to come did not', () => {
    expect(isStillTrue(played, episode([0, freeze]), 30_000)).toBe(false);
  });
});
