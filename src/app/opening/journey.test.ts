import { describe, expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../../kernel/scene';
import { SimulatedSource } from '../../timeline/simulated-source';
import { Journey, walkTowards } from './journey';

const SCENE = { ...DEFAULT_SCENE, seed: 7 };

/** A clock that says each look takes a millisecond. */
function slowClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 1);
}

describe('walking towards a moment', () => {
  test('a short budget stops on the way, and the next slice goes on from there', () => {
    const source = new SimulatedSource(SCENE);
    expect(walkTowards(source, 3_000, 5, slowClock())).toBe(false);
    const first = source.cursor.atMs;
    expect(first).toBeGreaterThan(0);
    walkTowards(source, 3_000, 5, slowClock());
    expect(source.cursor.atMs).toBeGreaterThan(first);
  });

  test('slices lead to the same world as one leap', () => {
    const [sliced, leapt] = [new SimulatedSource(SCENE), new SimulatedSource(SCENE)];
    while (!walkTowards(sliced, 2_000, 3, slowClock()));
    leapt.seekTime(2_000);
    expect(sliced.cursor).toEqual(leapt.cursor);
    expect(sliced.hash()).toBe(leapt.hash());
  });

  test('what is recorded is crossed at once', () => {
    const source = new SimulatedSource(SCENE);
    source.seekTime(3_000);
    source.seekTime(0);
    expect(walkTowards(source, 2_500, 1, slowClock())).toBe(true);
    expect(source.cursor.atMs).toBe(2_500);
  });
});

describe('a journey', () => {
  const NEVER = { isThere: () => false, latestMs: 500 };

  test('ends at its moment', () => {
    const journey = new Journey(new SimulatedSource(SCENE), { ...NEVER, atMs: 700 });
    while (!journey.isOver) journey.advance(4, slowClock());
    expect(journey.source.cursor.atMs).toBe(700);
  });

  test('without a moment it ends where it is asked to, whatever the slices', () => {
    const ends = [3, 40].map((budgetMs) => {
      const source = new SimulatedSource(SCENE);
      const isThere = () => source.frame.nodes[0]!.view.clusterState === 'ok';
      const journey = new Journey(source, { atMs: null, isThere, latestMs: 20_000 });
      while (!journey.isOver) journey.advance(budgetMs, slowClock());
      return source.cursor.atMs;
    });
    expect(ends[0]).toBe(ends[1]);
    expect(ends[0]! % 50).toBe(0);
  });

  test('gives up asking, and can be stopped', () => {
    const journey = new Journey(new SimulatedSource(SCENE), { ...NEVER, atMs: null });
    while (!journey.isOver) journey.advance(4, slowClock());
    expect(journey.source.cursor.atMs).toBe(500);
    const stopped = new Journey(new SimulatedSource(SCENE), { ...NEVER, atMs: 9_000 });
    stopped.stop();
    expect(stopped.isOver).toBe(true);
  });
});
