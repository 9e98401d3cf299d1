import { describe, expect, test } from 'vitest';
import { MEASURES, type Timing } from './faults';
import { coloursOf } from './plot';
import { printPlots, printReport } from './report';
import { compareFaults, unexplained, type FaultResult, type Results } from './results';

const timing = (ms: number): Timing =>
  Object.fromEntries(MEASURES.map((measure) => [measure, ms])) as Timing;
const timings = (count: number, fromMs: number): Timing[] =>
  Array.from({ length: count }, (_, i) => timing(fromMs + 10 * i));
const fault = (realFromMs: number): FaultResult => ({
  fault: 'kill',
  nodeTimeoutMs: 2_000,
  real: timings(20, realFromMs),
  simulated: timings(20, 2_000),
});
const results = (parts: Partial<Results>): Results => ({
  redisVersion: '7.0.15',
  nodeVersion: '20.19.0',
  processors: 2,
  scriptTimeoutMs: 2_000,
  simulatedPlays: 24,
  scripts: [],
  faults: [],
  ...parts,
});
const script = (because: string | null): Results['scripts'][number] => ({
  name: 'kill',
  what: 'a master dies',
  plays: [
    [
      { list: 'replies', same: 3, of: 3, differences: [] },
      {
        list: 'log of 8901',
        same: 0,
        of: 3,
        differences: [{ list: 'log of 8901', line: { side: 'real', text: '# x | y' }, because }],
      },
    ],
  ],
});

describe('results: what is left unexplained', () => {
  test('nothing, when lists are the same and distributions too', () => {
    expect(unexplained(results({ faults: [fault(2_000)] }))).toEqual([]);
  });

  test('a line nobody can explain', () => {
    expect(unexplained(results({ scripts: [script(null)] }))).toEqual([
      'kill, log of 8901: only the real side has "# x | y"',
    ]);
    expect(unexplained(results({ scripts: [script('known')] }))).toEqual([]);
  });

  test('a distribution that is another', () => {
    const sentences = unexplained(results({ faults: [fault(9_000)] }));
    expect(sentences).toHaveLength(MEASURES.length);
    expect(sentences[0]).toContain('kill, node timeout 2000 ms, first PFAIL');
  });

  test('one comparison for each measure of each fault', () => {
    expect(compareFaults([fault(2_000), fault(2_010)])).toHaveLength(2 * MEASURES.length);
  });
});

const TOKENS = ['light', 'dark']
  .map(
    (name) =>
      `[data-theme='${name}'] { --paper: e; --ink2: a; --rule: b; --shard-1: c; --fail: d; }`,
  )
  .join('\n');

describe('results: the page', () => {
  const page = printReport(results({ scripts: [script('known to us')], faults: [fault(2_000)] }));

  test('says of each script what is the same and what is known', () => {
    expect(page).toContain('| `kill` | a master dies | same |  | same, but for what is known |');
    expect(page).toContain('known to us');
    expect(page).toContain('kill, log of 8901: only real: # x | y');
  });

  test('says when something is not explained', () => {
    expect(printReport(results({ scripts: [script(null)] }))).toContain('**1 lines differ**');
  });

  test('shows percentiles, distance and limit', () => {
    expect(page).toContain(
      '| won | 2019 / **2095** / 2171 | 2019 / **2095** / 2171 | 0.00 | 0.43 | same |',
    );
  });

  test('every picture it names is drawn, in colours for light and dark', () => {
    const plots = printPlots([fault(2_000)], coloursOf(TOKENS));
    const named = [...page.matchAll(/\(fidelity\/([^)]+)\)/g)].map(([, name]) => name);
    expect([...plots.keys()]).toEqual(named);
    for (const svg of plots.values()) {
      expect(svg).toContain('prefers-color-scheme:dark');
      expect(svg).not.toContain('NaN');
      expect(svg.match(/<path class="(real|simulated)" d="M[\d.]+,/g)).toHaveLength(2);
    }
  });

  test('a token that is gone is missed by name', () => {
    expect(() => coloursOf(TOKENS.replaceAll('--fail: d;', ''))).toThrow('no colour --fail');
  });
});
