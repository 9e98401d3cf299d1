/** What a node has written, compared with what it should write. */
import { expect, test } from 'vitest';
import type { ClusterFrame } from '../protocol/cluster-frame';
import { nodeId } from '../protocol/ids';
import type { RecordedNote } from '../protocol/notes';
import { linesOf, printedInARow } from './printed-lines';

const ID = nodeId('a'.repeat(40));

function line(node: string, level: string, text: string): RecordedNote {
  return { event: 'log', node, level, text, step: 1, atMs: 1 } as RecordedNote;
}

test('lines of one node from notice up, ids read as names', () => {
  const notes = [
    line('8901', 'verbose', 'Node reported'),
    line('8902', 'notice', 'of another'),
    line('8901', 'notice', `Marking node ${ID} as failing (quorum reached).`),
    line('8901', 'warning', 'Cluster state changed: fail'),
  ];
  const frame = { nodes: [{ id: ID, name: '8904' }] } as unknown as ClusterFrame;
  expect(linesOf(notes, '8901', frame)).toEqual([
    'Marking node 8904 as failing (quorum reached).',
    'Cluster state changed: fail',
  ]);
});

test.each([
  [['a', 'b', 'c'], 3],
  [['b', 'c'], 2],
  [['a', 'c'], 1],
  [['c', 'a'], 1],
  [['d'], 0],
])('%j of a, b, c: %i in a row', (texts, count) => {
  expect(printedInARow(['line a', 'line b', 'line c'], texts)).toBe(count);
});

test('the longest row counts, wherever it begins', () => {
  expect(printedInARow(['a', 'x', 'a', 'b'], ['a', 'b', 'c'])).toBe(2);
});
