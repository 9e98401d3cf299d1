import { describe, expect, test } from 'vitest';
import { conceptMap, edgePath, type MapLesson } from './concept-map';

const lesson = (slug: string, ...needs: string[]): MapLesson => ({ slug, needs });

function drawn(lessons: readonly MapLesson[]): string[] {
  return conceptMap(lessons).places.map(({ slug, column, row }) => `${slug} ${column},${row}`);
}

test('today: two short chains, one below the other', () => {
  const lessons = [
    lesson('slots'),
    lesson('moved', 'slots'),
    lesson('reports'),
    lesson('election', 'reports'),
  ];
  expect(drawn(lessons)).toEqual(['slots 0,0', 'moved 1,0', 'reports 0,1', 'election 1,1']);
});

describe('a whole course', () => {
  const LESSONS = [
    lesson('slots'),
    lesson('create', 'slots'),
    lesson('meet', 'create'),
    lesson('gossip', 'meet'),
    lesson('moved', 'slots'),
    lesson('cache', 'moved'),
    lesson('reshard', 'cache'),
    lesson('replicate', 'create'),
    lesson('pfail', 'gossip'),
    lesson('reports', 'pfail'),
    lesson('fail', 'reports'),
    lesson('election', 'fail'),
    lesson('takeover', 'election', 'replicate'),
    lesson('partition', 'takeover'),
    lesson('publish', 'gossip'),
    lesson('repairs', 'takeover'),
    lesson('log', 'takeover'),
    lesson('capstone', 'log'),
  ];
  const map = conceptMap(LESSONS);

  test('every lesson stands right of all it builds on', () => {
    const columnOf = new Map(map.places.map(({ slug, column }) => [slug, column]));
    for (const { slug, needs } of LESSONS) {
      for (const need of needs) expect(columnOf.get(slug)!).toBeGreaterThan(columnOf.get(need)!);
    }
  });

  test('no two share a cell, and no curve passes through a lesson', () => {
    const cells = map.places.map(({ column, row }) => `${column},${row}`);
    expect(new Set(cells).size).toBe(LESSONS.length);
    for (const { way } of map.edges) {
      for (const [column, row] of way.slice(1, -1)) expect(cells).not.toContain(`${column},${row}`);
    }
  });

  test('the longest chain runs straight, and few rows do', () => {
    const chain = ['slots', 'create', 'meet', 'gossip', 'pfail', 'reports', 'fail', 'election'];
    const rows = map.places.filter(({ slug }) => chain.includes(slug)).map(({ row }) => row);
    expect(new Set(rows)).toEqual(new Set([0]));
    expect(map.rows).toBeLessThanOrEqual(4);
    expect(map.columns).toBe(11);
  });
});

test('a lesson that is not in the course is no need', () => {
  expect(drawn([lesson('moved', 'slots')])).toEqual(['moved 0,0']);
});

test('a curve leaves a title on its right and arrives at a picture on its left', () => {
  const field = {
    middleX: (column: number) => column * 100,
    middleY: (row: number) => row * 50,
    ...{ startPx: 30, endPx: 10 },
  };
  const way = [
    [0, 0],
    [1, 1],
    [2, 1],
  ] as const;
  expect(edgePath(way, field)).toBe('M30 0C65 0 65 50 100 50C145 50 145 50 190 50');
});
