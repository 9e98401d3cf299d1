import { describe, expect, test } from 'vitest';
import { captureOf, frameOf, openOf } from './capture-fixture';
import { tickPlan, type Life } from './tick-plan';

const LIFE: Life = { fromMs: 0, toMs: 2_000, began: 'before' };
const node = captureOf(2).nodes[0]!;
const ping = (atMs: number) => frameOf({ atMs, from: 1, to: 2 });
const timesOf = (change: Parameters<typeof captureOf>[1], life: Life = LIFE): number[] =>
  tickPlan(captureOf(2, change), node, life).map(({ atMs }) => atMs);

describe('ticks', () => {
  test('without a trace: about ten a second', () => {
    expect(timesOf({})).toHaveLength(20);
  });

  test('a PING on a link that was up shows one, and the others are spread from there', () => {
    const times = timesOf({ frames: [ping(500), ping(1_505)] });
    expect(times).toContain(499.5);
    expect(times).toContain(1_504.5);
    const between = times.filter((at) => at > 499.5 && at < 1_504.5);
    expect(between).toHaveLength(9);
  });

  test('all PINGs of one tick are its own', () => {
    const ticks = tickPlan(captureOf(2, { frames: [ping(500), ping(500.4)] }), node, LIFE);
    expect(ticks.find(({ atMs }) => atMs === 499.5)?.pings).toHaveLength(2);
  });

  test('the greeting of a new connection is no PING of a tick, its dial is', () => {
    const frames = [ping(601), ping(601.2)];
    const ticks = tickPlan(captureOf(2, { frames, links: [openOf(600, 1, 2)] }), node, LIFE);
    expect(ticks.flatMap(({ pings }) => pings)).toEqual([]);
    expect(ticks.find(({ atMs }) => atMs === 599.5)?.traced).toBe(true);
  });

  test('a trace just before the next tick was late: the node was held up', () => {
    const times = timesOf({ frames: [ping(540), ping(600)] });
    expect(times).not.toContain(539.5);
    expect(times).toContain(599.5);
  });

  test('a busy machine stretches them', () => {
    const frames = [100, 207, 314, 421, 528, 1_170].map(ping);
    const between = timesOf({ frames }).filter((at) => at > 528 && at < 1_169);
    expect(between).toHaveLength(5);
  });

  test('a process that starts ticks at its first sign, one that is continued at once', () => {
    const frames = [ping(700)];
    expect(timesOf({ frames }, { ...LIFE, fromMs: 650, began: 'started' })[0]).toBe(699.5);
    expect(timesOf({ frames: [] }, { ...LIFE, fromMs: 650, began: 'woken' })[0]).toBe(650.5);
  });
});
