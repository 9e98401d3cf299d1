import { expect, test } from 'vitest';
import { healthyFrame } from '../../drawing/fixtures';
import type { FrameNode } from '../../protocol/cluster-frame';
import type { RecordedNote } from '../../protocol/notes';
import type { Beat } from '../../timeline/cluster-source';
import { caption as words } from '../../words/en/caption';
import { isCalm } from './calm';
import { captionOf } from './caption';

const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });

/** The same, but {8903} also calls slot 0 its own. */
const claims = (node: FrameNode): FrameNode => {
  const rows = node.view.rows.map((row) =>
    row.name === '8903' ? { ...row, slots: [[0, 0] as const, ...row.slots] } : row,
  );
  return node.name === '8903' ? { ...node, view: { ...node.view, rows } } : node;
};

test('a healthy cluster is calm', () => {
  expect(isCalm(frame)).toBe(true);
});

test('two masters that both call a slot their own do not agree', () => {
  expect(isCalm({ ...frame, nodes: frame.nodes.map(claims) })).toBe(false);
});

test('a node that waits for another does not agree either', () => {
  const [first, ...others] = frame.nodes;
  expect(isCalm({ ...frame, nodes: [{ ...first!, process: 'frozen' }, ...others] })).toBe(false);
});

test('that real nodes are well stands in their tables: it is not called inferred', () => {
  const said = (state: 'ok' | 'fail'): string => {
    const note = { event: 'state', node: '8902', state, atMs: 5, step: 9 } as RecordedNote;
    const beat = { note, atMs: 5, step: 9, kind: 'state' } as Beat;
    const known = { beats: [beat], notes: [note], untilStep: 9, isConcluded: true };
    return captionOf({ beat, ...known, frame, printSeconds: String }, words);
  };
  expect(said('ok')).toBe(words.calm(6));
  expect(said('fail')).toContain(words.inferred);
});
