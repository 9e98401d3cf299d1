import { describe, expect, test } from 'vitest';
import type { FrameNode, FrameRow } from '../../protocol/cluster-frame';
import { dissentOn, isInGoodStanding } from './dissent';

const row = (change: Partial<FrameRow> = {}) =>
  ({
    ...{ id: 'a', name: '8901', flags: ['master'], slots: [[0, 5460]], configEpoch: 1 },
    ...{ linkConnected: true, failReports: [] },
    ...change,
  }) as unknown as FrameRow;
const node = (name: string, held: FrameRow, process = 'running') =>
  ({ name, process, view: { rows: [held] } }) as unknown as FrameNode;

describe('who holds otherwise', () => {
  const keeper = node('8902', row({ flags: ['master', 'pfail'] }));
  const mine = keeper.view.rows[0]!;

  test('grouped by what they hold, most first', () => {
    const nodes = [
      keeper,
      node('8903', row()),
      node('8904', row({ flags: ['master', 'fail'] })),
      node('8905', row()),
    ];
    expect(dissentOn(mine, keeper, nodes)).toEqual([
      { field: 'flags', held: 'master', by: ['8903', '8905'] },
      { field: 'flags', held: 'master,fail', by: ['8904'] },
    ]);
  });

  test('nobody, if all hold the same; a stopped node has no opinion', () => {
    const nodes = [keeper, node('8903', mine), node('8904', row(), 'frozen')];
    expect(dissentOn(mine, keeper, nodes)).toEqual([]);
  });

  test('another owner and another epoch are told apart', () => {
    const nodes = [keeper, node('8903', row({ flags: mine.flags, slots: [], configEpoch: 0 }))];
    expect(dissentOn(mine, keeper, nodes).map(({ field, held }) => [field, held])).toEqual([
      ['slots', '–'],
      ['epoch', '0'],
    ]);
  });
});

describe('good standing', () => {
  test.each<[string, Partial<FrameRow>]>([
    ['suspected', { flags: ['master', 'pfail'] }],
    ['its own row', { flags: ['myself', 'master'] }],
    ['no link', { linkConnected: false }],
    ['reports', { failReports: [{ by: '8902', atMs: 1, expiresAtMs: 2 }] }],
  ])('%s: not folded', (_, change) => {
    expect(isInGoodStanding(row(change))).toBe(false);
    expect(isInGoodStanding(row())).toBe(true);
  });
});
