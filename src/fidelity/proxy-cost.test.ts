import { expect, test } from 'vitest';
import { MEASURES, type Timing } from './faults';
import { isInvisible, printProxyCost, type ProxyCost } from './proxy-cost';

const timing = (ms: number): Timing =>
  Object.fromEntries(MEASURES.map((measure) => [measure, ms])) as Timing;
const cost = (direct: readonly number[], proxied: readonly number[]): ProxyCost => ({
  ...{ fault: 'kill', nodeTimeoutMs: 2_000 },
  ...{ direct: direct.map(timing), proxied: proxied.map(timing) },
});
const twenty = (fromMs: number): number[] => Array.from({ length: 20 }, (_, i) => fromMs + 10 * i);

test('a proxy that costs less than the runs differ is invisible; one that costs more is not', () => {
  expect(isInvisible([cost(twenty(3_000), twenty(3_004))])).toBe(true);
  expect(isInvisible([cost(twenty(3_000), twenty(3_400))])).toBe(false);
});

test('the table has both medians, how many runs, D, its limit and p', () => {
  expect(printProxyCost([cost(twenty(3_000), twenty(3_000))]).split('\n')[2]).toBe(
    '| kill, 2000 ms | first PFAIL | 3095 (20) | 3095 (20) | 0.00 | 0.43 | 1.00 |',
  );
});
