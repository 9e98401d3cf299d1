import { describe, expect, test } from 'vitest';
import { failingFrame, healthyFrame, withNode, withRow } from '../fixtures';
import { compareGrid, comparedViews, tablesAgree } from './compared-views';

test('up to twelve nodes have a ring each, alike or not', () => {
  expect(comparedViews(healthyFrame({ masters: 6, replicasPerMaster: 1 }))).toHaveLength(12);
});

test('of many nodes only those that differ are shown, the most common table first', () => {
  let frame = healthyFrame({ masters: 10, replicasPerMaster: 2 });
  frame = withNode(frame, '8901', (n) => ({ ...n, process: 'killed' }));
  for (const observer of ['8911', '8930']) {
    frame = withRow(frame, { observer, subject: '8901' }, { flags: ['master', 'pfail'] });
  }
  expect(comparedViews(frame).map(({ node, alike }) => [node, alike.length])).toEqual([
    ['8902', 27],
    ['8911', 2],
    ['8901', 1],
  ]);
});

test('whether all tables say the same', () => {
  expect(tablesAgree(healthyFrame({ masters: 3, replicasPerMaster: 1 }))).toBe(true);
  expect(tablesAgree(failingFrame())).toBe(false);
});

describe('the rings are as large as the room lets them be', () => {
  test.each([
    [6, 1472, 640, 3, 'left'],
    [2, 1472, 640, 2, 'left'],
    [3, 1472, 640, 3, 'top'],
    [12, 1472, 640, 3, 'left'],
    [6, 358, 480, 1, 'left'],
  ])('%i rings in %i × %i: %i columns, words %s', (count, widthPx, heightPx, columns, wordsAt) => {
    const grid = compareGrid(count, { widthPx, heightPx });
    expect(grid).toMatchObject({ columns, wordsAt });
    expect(grid.ringPx).toBeGreaterThan(150);
    expect(grid.columns * grid.ringPx).toBeLessThanOrEqual(widthPx);
  });
});
