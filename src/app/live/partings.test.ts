import { expect, test } from 'vitest';
import type { Parting } from './live-source';
import { partingsAt, partingsOf } from './partings';

const parting = (node: string, about: string | null, from: number, to: number | null): Parting => ({
  ...{ node, about, field: 'flags', ours: 'master', real: 'master,fail?' },
  ...{ sinceMs: from, untilMs: to },
});
const ALL = [
  parting('8901', '8902', 100, 200),
  parting('8903', null, 150, null),
  parting('8902', '8901', 400, null),
];

test('a difference is told from its beginning until a few seconds after it was set right', () => {
  const at = (ms: number) => partingsAt(ALL, ms).map(({ node }) => node);
  expect([at(99), at(150), at(5_199), at(5_200)]).toEqual([
    [],
    ['8901', '8903'],
    ['8901', '8903', '8902'],
    ['8903', '8902'],
  ]);
});

test('a node is marked for what it says and for what is said of it', () => {
  expect(partingsOf(ALL, 150, '8902').map(({ node }) => node)).toEqual(['8901']);
  expect(partingsOf(ALL, 6_000, '8901').map(({ node }) => node)).toEqual(['8902']);
});
