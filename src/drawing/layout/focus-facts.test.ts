import { expect, test } from 'vitest';
import type { FrameNode } from '../../protocol/cluster-frame';
import { healthyFrame, withNode } from '../fixtures';
import { arrange } from './arrangement';
import { focusFacts } from './focus-facts';

type Phase = FrameNode['view']['failover']['phase'];

/** Who stands for the slots of 8901, of its two replicas in these phases. */
function nextOf(first: Phase, second: Phase) {
  let frame = healthyFrame({ masters: 3, replicasPerMaster: 2 });
  const replicas = frame.nodes.filter(({ view }) => view.master === '8901');
  for (const [i, phase] of [first, second].entries()) {
    frame = withNode(frame, replicas[i]!.name, (node) => ({
      ...node,
      view: { ...node.view, failover: { ...node.view.failover, phase, rank: i } },
    }));
  }
  const arranged = arrange(frame, null);
  const facts = focusFacts(frame, '8901', { arranged, reports: null, atMs: frame.atMs });
  return { next: facts!.next, names: replicas.map(({ name }) => name) };
}

test('focus: of replicas that wait, the one of the lowest rank is next', () => {
  const { next, names } = nextOf('waiting', 'waiting');
  expect(next).toEqual({ name: names[0], rank: 0, asks: false });
});

test('focus: a replica that asks for votes comes before one that waits', () => {
  const { next, names } = nextOf('waiting', 'collecting');
  expect(next).toEqual({ name: names[1], rank: 1, asks: true });
});

test('focus: while nobody stands, nobody is next', () => {
  expect(nextOf('idle', 'idle').next).toBeNull();
});
