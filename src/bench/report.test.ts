import { describe, expect, test } from 'vitest';
import { plotCost } from './plot-cost';
import { printReport, printTables } from './report';
import { median, quantile, type BenchResults, type EngineFigures } from './results';

const engine = (nodes: number): EngineFigures => ({
  nodes,
  nodeTimeoutMs: 15_000,
  speed: 60_000 / nodes,
  bestSpeed: 70_000 / nodes,
  eventsPerSecond: 100_000,
  microsecondsPerEvent: nodes / 5,
  eventsPerSimulatedSecond: nodes * 12,
  ratio: 1.25,
});

const RESULTS: BenchResults = {
  date: '2026-11-22',
  minutes: 7.6,
  nodeVersion: '20.0.0',
  machine: 'AMD EPYC, Linux',
  processors: 2,
  rounds: 3,
  engine: [engine(6), engine(100), engine(1_000)],
  history: [],
  page: [],
  load: [
    {
      page: 'home',
      slowed: 4,
      firstPictureMs: 812.4,
      scriptKilobytes: 68.2,
      laterScriptKilobytes: 90.44,
      requestsElsewhere: 0,
    },
  ],
};

describe('the page of the bench', () => {
  test('a row for each figure, and RaftScope beside them', () => {
    const page = printReport(RESULTS);
    expect(page).toContain('| 6 | 15 s | **10,000** | 11,667 | 100,000 | 1.2 | 72 | 1.25 |');
    expect(page).toContain('| home | 4 times slower | **812 ms** | 68.2 kB | 90.4 kB | 0 |');
    expect(page).toContain('RaftScope, 5 servers: 24–30');
  });

  test('it says when and on what it was measured, and how long that took', () => {
    const page = printReport(RESULTS).replace(/\s+/g, ' ');
    expect(page).toContain(
      'measured on 2026-11-22, in 8 minutes: AMD EPYC, Linux, 2 processors, Node 20.0.0, Chromium',
    );
  });

  test('what was not measured is left out', () => {
    expect(printTables(RESULTS)).not.toContain('## History');
    expect(printTables({ ...RESULTS, engine: [], load: [] })).toBe('');
  });
});

test('the cost curve: cheaper is lower, larger is further right', () => {
  const colours = { paper: 'p', ink: 'i', rule: 'r', real: 'a', simulated: 'b' };
  const svg = plotCost(RESULTS.engine, { light: colours, dark: colours });
  const path = /class="real" d="M([^"]+)"/.exec(svg)![1]!;
  const points = path.split('L').map((point) => point.split(',').map(Number));
  expect(points).toHaveLength(3);
  expect(points.map(([x]) => x)).toEqual([...points.map(([x]) => x!)].sort((a, b) => a - b));
  expect(points[0]![1]).toBeGreaterThan(points[2]![1]!);
  expect(svg).not.toContain('NaN');
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('99 of 100 do not exceed the 99 % quantile', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(quantile(values, 0.99)).toBe(99);
  expect(quantile(values, 1)).toBe(100);
});
