import { expect, test } from 'vitest';
import { healthyFrame } from '../../drawing/fixtures';
import type { FrameMessage } from '../../protocol/cluster-frame';
import { deeds } from '../../words/en/deeds';
import { deedProblem } from './deed-problem';

const message = (id: number, fate: FrameMessage['fate'] = 'flying'): FrameMessage => ({
  ...{ id, type: 'PING', from: '8901', to: '8902', sentAtMs: 1_950, deliverAtMs: 2_050 },
  ...{ fate, about: null, epoch: 6, rumours: [] },
});
const frameWith = (messages: readonly FrameMessage[]) => ({
  ...healthyFrame({ masters: 3, replicasPerMaster: 1 }),
  messages,
});

test('a message that is not on its way: the numbers of those that are, the nearest first', () => {
  const frame = frameWith([3, 40, 41, 90].map((id) => message(id)));
  expect(deedProblem({ type: 'drop-message', message: 42 }, frame, deeds)).toBe(
    'Message 42 is not on its way at this moment. On their way now: 3, 40, 41, 90.',
  );
  expect(deedProblem({ type: 'drop-message', message: 42 }, frameWith([]), deeds)).toMatch(
    /No message is on its way now/,
  );
});

test('a lost message is not on its way, a held one is; only what is held can be let go', () => {
  const frame = frameWith([message(1, 'lost'), message(2, 'held'), message(3)]);
  const problem = (type: 'drop-message' | 'release-message', id: number) =>
    deedProblem({ type, message: id }, frame, deeds);
  expect(problem('drop-message', 1)).not.toBeNull();
  expect(problem('drop-message', 2)).toBeNull();
  expect(problem('release-message', 2)).toBeNull();
  expect(problem('release-message', 3)).toBe('Message 3 is not held back.');
});

test('a PING by hand: only where nodes send none themselves, and to a node that is known', () => {
  const ping = { type: 'ping', node: '8901', to: '8902' } as const;
  const problem = (to: string, switches?: readonly 'no-automatic-pings'[]) =>
    deedProblem({ ...ping, to }, frameWith([]), deeds, switches);
  expect(problem('8902')).toBe('Nodes ping by themselves here, as Redis does.');
  expect(problem('8902', ['no-automatic-pings'])).toBeNull();
  expect(problem('8907', ['no-automatic-pings'])).toBe(
    '8901 has no link to 8907: it can ping only nodes it knows.',
  );
});

test('all other deeds can always be done', () => {
  expect(deedProblem({ type: 'freeze', node: '8901' }, frameWith([]), deeds)).toBeNull();
});
