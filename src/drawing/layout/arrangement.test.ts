import { expect, test } from 'vitest';
import type { ClusterFrame } from '../../protocol/cluster-frame';
import { failingFrame, healthyFrame, withRow } from '../fixtures';
import { arrange, arrangementKey } from './arrangement';

const named = (frame: ClusterFrame, viewpoint: string | null, name: string) =>
  arrange(frame, viewpoint).find((node) => node.name === name)!;

/** 8904 took over 8901's slots; `observers` have heard of it. */
function takenOver(observers: readonly string[]): ClusterFrame {
  let frame = failingFrame();
  for (const observer of observers) {
    const slots = [[0, 5460]] as const;
    frame = withRow(
      frame,
      { observer, subject: '8904' },
      { flags: ['master'], master: null, slots },
    );
    frame = withRow(frame, { observer, subject: '8901' }, { flags: ['master', 'fail'], slots: [] });
  }
  return frame;
}

test('arrangement: masters sit in the middle of their slots, replicas orbit them', () => {
  const frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  expect(named(frame, null, '8901')).toMatchObject({ place: 'ring', around: null });
  expect(named(frame, null, '8901').wishRad).toBeCloseTo(Math.PI / 3, 3);
  expect(named(frame, null, '8904')).toMatchObject({
    place: 'moon',
    around: '8901',
    replicates: true,
  });
});

test('arrangement: after a failover the promoted node takes the arc, the old master becomes its moon', () => {
  const frame = takenOver(['8902', '8903', '8904', '8905', '8906']);
  expect(named(frame, '8902', '8904')).toMatchObject({ place: 'ring', shard: 0 });
  expect(named(frame, '8902', '8901')).toMatchObject({
    ...{ place: 'moon', around: '8904', replicates: false, role: 'master', shard: 0 },
  });
});

test('arrangement: the frozen master still sees itself on the arc', () => {
  const frame = takenOver(['8902', '8903', '8904', '8905', '8906']);
  expect(named(frame, '8901', '8901').place).toBe('ring');
});

test('arrangement: from above, the table most running nodes hold counts', () => {
  expect(named(takenOver(['8904', '8902']), null, '8904').place).toBe('moon');
  expect(named(takenOver(['8904', '8902', '8903']), null, '8904').place).toBe('ring');
});

test('arrangement: before slots are given out, everybody stands where they will serve', () => {
  let frame = healthyFrame({ masters: 3, replicasPerMaster: 1 });
  const made = arrange(frame, null);
  frame = {
    ...frame,
    nodes: frame.nodes.map((node) => ({
      ...node,
      view: { ...node.view, rows: node.view.rows.filter((row) => row.name === node.name) },
    })),
  };
  for (const { name } of frame.nodes) {
    for (const subject of frame.nodes) {
      frame = withRow(
        frame,
        { observer: name, subject: subject.name },
        { slots: [], master: null },
      );
    }
  }
  const empty = arrange(frame, null);
  expect(empty.map((n) => n.place)).toEqual(made.map((n) => n.place));
  expect(empty.map((n) => n.wishRad.toFixed(2))).toEqual(made.map((n) => n.wishRad.toFixed(2)));
  expect(arrange(frame, '8901').filter((n) => n.knowledge === 'unknown')).toHaveLength(5);
});

test('arrangement: the key stays the same until somebody changes place', () => {
  const key = (frame: ClusterFrame) => arrangementKey(arrange(frame, '8902'));
  expect(key({ ...failingFrame(), atMs: 11_400 })).toBe(key(failingFrame()));
  expect(key(takenOver(['8902']))).not.toBe(key(failingFrame()));
});
