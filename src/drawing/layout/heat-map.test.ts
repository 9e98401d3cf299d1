import { describe, expect, test } from 'vitest';
import { countColumn, heatCellAt, troubles } from './heat-map';
import type { SuspicionRow } from './suspicions';

const row = (observer: string, cells: SuspicionRow['cells'], process = 'running' as const) => ({
  ...{ observer, process, cells },
});
const ROWS: readonly SuspicionRow[] = [
  row('8901', ['self', 'fail', 'ok', 'pfail']),
  row('8902', ['ok', 'self', 'ok', 'ok']),
  { ...row('8903', ['ok', 'pfail', 'self', 'ok']), process: 'frozen' },
  row('8904', ['ok', 'pfail', 'unknown', 'self']),
];

describe('the matrix of a crowd', () => {
  test('what is said of a node, by those that run', () => {
    expect(countColumn(ROWS, 1)).toEqual({ fail: 1, pfail: 1, ok: 0 });
    expect(countColumn(ROWS, 2)).toEqual({ fail: 0, pfail: 0, ok: 2 });
  });

  test('who is in trouble, the gravest first', () => {
    expect(troubles(ROWS).map(({ subject }) => subject)).toEqual(['8902', '8904']);
  });

  test('a point of the picture is a cell; beyond the edge it is the last', () => {
    expect(heatCellAt(81, 10, 320, 4)).toEqual({ row: 0, column: 1 });
    expect(heatCellAt(321, -1, 320, 4)).toEqual({ row: 0, column: 3 });
  });
});
