import { expect, test } from 'vitest';
import type { WireFault } from '../../bridge/wire';
import { liveDeed, resetOf, type Standing } from './live-deeds';

const NODES = [8901, 8902, 8903].map((port, i) => ({ number: i + 1, port }));
const CALM: Standing = { nodes: NODES, faults: [] };
const fault = (number: number, ways: [number, number][]): WireFault => ({
  ...{ fault: number, mode: 'cut', ways, types: null, ms: null, sinceMs: 0, untilMs: 10_000 },
});

test('a frozen process wakes by itself after the time that was given', () => {
  expect(liveDeed({ type: 'freeze', node: '8902' }, CALM, 30_000)).toEqual({
    asked: [{ t: 'proc.signal', node: 2, signal: 'STOP', forMs: 30_000 }],
    isLasting: false,
  });
});

test('without a time a killed process stays away until it is started', () => {
  expect(liveDeed({ type: 'kill', node: '8901' }, CALM, null)?.asked).toEqual([
    { t: 'proc.signal', node: 1, signal: 'KILL' },
  ]);
  expect(liveDeed({ type: 'restart', node: '8901' }, CALM, null)?.asked).toEqual([
    { t: 'proc.start', node: 1 },
  ]);
});

test('a link is cut one way or both ways', () => {
  const cut = { type: 'cut', from: '8901', to: '8903' } as const;
  expect(liveDeed({ ...cut, oneWay: true }, CALM, 10_000)).toEqual({
    asked: [{ t: 'fault.set', mode: 'cut', ways: [[1, 3]], forMs: 10_000 }],
    isLasting: true,
  });
  const both = liveDeed({ ...cut, oneWay: false }, CALM, 10_000)?.asked[0];
  expect(both).toMatchObject({
    ways: [
      [1, 3],
      [3, 1],
    ],
  });
});

test('a partition cuts every way between its sides, and none within one', () => {
  const parted = liveDeed({ type: 'partition', sides: [['8901']], rest: true }, CALM, 10_000);
  expect(parted?.asked[0]).toMatchObject({
    mode: 'cut',
    ways: [
      [1, 2],
      [1, 3],
      [2, 1],
      [3, 1],
    ],
  });
});

test('healing a link ends each fault that lies on it, and no other', () => {
  const faults = [fault(4, [[1, 2]]), fault(5, [[2, 3]]), fault(6, [[2, 1]])];
  const heal = { type: 'heal', from: '8901', to: '8902', oneWay: false } as const;
  expect(liveDeed(heal, { nodes: NODES, faults }, null)?.asked).toEqual([
    { t: 'fault.heal', fault: 4 },
    { t: 'fault.heal', fault: 6 },
  ]);
});

test('a reset needs no time: it is over at once', () => {
  expect(resetOf('8901', '8902', NODES)).toEqual({
    ...{ t: 'fault.set', mode: 'reset' },
    ways: [
      [1, 2],
      [2, 1],
    ],
  });
});

test('one message of a real bus cannot be held', () => {
  expect(liveDeed({ type: 'hold-message', message: 7 }, CALM, null)).toBeNull();
});
