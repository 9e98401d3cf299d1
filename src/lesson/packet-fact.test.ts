import { expect, test } from 'vitest';
import { DEFAULT_SCENE } from '../kernel/scene';
import { SimulatedSource } from '../timeline/simulated-source';
import { valueOf } from './conditions';
import { momentOf } from './lesson-run';

test('a packet: the newest of its kind, its length, its claim and the nodes it speaks of', () => {
  const run = new SimulatedSource(DEFAULT_SCENE);
  run.seekTime(9_000);
  const ask = (what: string) => valueOf(what, momentOf(run));
  expect(ask('packet("PING", 8901, 8902).bytes')).toBe(2256 + 3 * 104);
  expect(ask('packet("PONG", 8904, 8902).slots')).toBe(5461);
  expect(ask('packet("PONG", 8904, 8902).configEpoch')).toBe(1);
  const about = ask('packet("PING", 8901, 8902).about') as number[];
  expect(about).toHaveLength(3);
  expect(about).not.toContain(8901);
});
