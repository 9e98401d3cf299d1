import { expect, test } from 'vitest';
import type { FrameLostWrite } from '../../protocol/cluster-frame';
import { lossesOf } from './losses';

const lost = (key: string, by: string, lostAtMs: number): FrameLostWrite => ({
  ...{ key, by, lostAtMs, acknowledgedAtMs: 1, window: 'not-replicated', owner: '8904' },
});

test('one loss for each reason, its keys in order, the loss that grew last first', () => {
  const losses = lossesOf([lost('a', '8901', 5), lost('b', '8902', 6), lost('c', '8901', 7)]);
  expect(losses.map(({ by, keys }) => [by, ...keys])).toEqual([
    ['8901', 'a', 'c'],
    ['8902', 'b'],
  ]);
});

test('nothing lost, nothing told', () => {
  expect(lossesOf([])).toEqual([]);
});
