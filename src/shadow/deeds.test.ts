import { expect, test } from 'vitest';
import { readDeeds } from './deeds';

const deedOf = (what: string) => readDeeds({ events: [{ t: 7, what }] }).deeds[0];

test.each([
  ['SIGKILL node 3', { type: 'kill', node: 3 }],
  ['restart node 12', { type: 'start', node: 12 }],
  ['SIGSTOP node 2', { type: 'stop', node: 2 }],
  ['SIGCONT node 2', { type: 'continue', node: 2 }],
  ['CLUSTER FAILOVER on node 4', { type: 'command', node: 4, argv: ['CLUSTER', 'FAILOVER'] }],
  [
    'CLUSTER FAILOVER FORCE on node 4',
    { type: 'command', node: 4, argv: ['CLUSTER', 'FAILOVER', 'FORCE'] },
  ],
])('"%s"', (what, deed) => {
  expect(deedOf(what)).toEqual({ atMs: 7, ...deed });
});

test('a command as it was sent', () => {
  const events = [{ t: 3, what: 'whatever', node: 1, argv: ['CLUSTER', 'BUMPEPOCH'] }];
  expect(readDeeds({ events }).deeds).toEqual([
    { atMs: 3, node: 1, type: 'command', argv: ['CLUSTER', 'BUMPEPOCH'] },
  ]);
});

test('a sentence nobody knows is kept as a remark', () => {
  expect(readDeeds({ events: [{ t: 1, what: 'settled' }] })).toEqual({
    deeds: [],
    remarks: [{ atMs: 1, text: 'settled' }],
  });
});
