import { describe, expect, test } from 'vitest';
import { compareTranscripts, kindOf } from './compare';
import type { Transcript } from './transcript';

const transcript = (lists: Record<string, string[]>): Transcript => new Map(Object.entries(lists));

describe('compare: a real run against simulated ones', () => {
  const real = transcript({ replies: ['OK'], 'log of 8901': ['# a', '# b'] });

  test('one simulated run that left the same list is enough', () => {
    const simulated = [
      transcript({ replies: ['OK'], 'log of 8901': ['# b', '# a'] }),
      transcript({ replies: ['ERR'], 'log of 8901': ['# a', '# b'] }),
    ];
    const verdicts = compareTranscripts('kill', real, simulated);
    expect(verdicts.map(({ list, same, differences }) => [list, same, differences])).toEqual([
      ['replies', 1, []],
      ['log of 8901', 1, []],
    ]);
  });

  test('else the lines that differ from the nearest one are named', () => {
    const simulated = [
      transcript({ replies: ['OK'], 'log of 8901': ['# z'] }),
      transcript({ replies: ['OK'], 'log of 8901': ['# a', '# c'] }),
    ];
    const [, log] = compareTranscripts('kill', real, simulated);
    expect(log!.differences.map(({ line }) => line)).toEqual([
      { side: 'real', text: '# b' },
      { side: 'simulated', text: '# c' },
    ]);
    expect(log!.differences.every(({ because }) => because === null)).toBe(true);
  });

  test('a list that only the simulation has is a difference too', () => {
    const simulated = [transcript({ replies: ['OK'], 'log of 8901': ['# a', '# b'], more: ['x'] })];
    const verdicts = compareTranscripts('kill', real, simulated);
    expect(verdicts.at(-1)).toMatchObject({ list: 'more', same: 0 });
  });

  test.each([
    ['replies', 'replies'],
    ['the script', 'replies'],
    ['table of 8901, at the end', 'tables'],
    ['CLUSTER INFO of 8901, at the end', 'tables'],
    ['log of 8901', 'log lines'],
    ['order of events', 'order of events'],
  ])('%s counts as %s', (list, kind) => {
    expect(kindOf(list)).toBe(kind);
  });
});

describe('compare: logs', () => {
  const state = '# Cluster state changed: fail';
  const fail = '* FAIL message received about <8901>';
  const cleared = '* Clear FAIL state for node <8901>: replica is reachable again.';
  const verdict = (real: string[], simulated: string[]) =>
    compareTranscripts('kill', transcript({ 'log of 8902': real }), [
      transcript({ 'log of 8902': simulated }),
    ])[0]!;

  test('threads may interleave', () => {
    const { same, differences } = verdict([fail, state, cleared], [fail, cleared, state]);
    expect({ same, differences }).toEqual({ same: 0, differences: [] });
  });

  test('within a thread the order counts, and every line', () => {
    expect(verdict([cleared, fail], [fail, cleared]).differences).toHaveLength(2);
    expect(verdict([fail, state], [fail]).differences).toHaveLength(1);
  });
});
