import { expect, test } from 'vitest';
import { threadsOf } from './log-threads';

test('threads: news of different nodes apart, in order within each', () => {
  const log = [
    '* FAIL message received about <8905>',
    '# Cluster state changed: fail',
    '* FAIL message received about <8906>',
    '* Replica 127.0.0.1:8904 asks for synchronization',
    '# Failover auth granted to <8904> for epoch 7',
    '* Starting BGSAVE for SYNC with target: replicas sockets',
    '* Clear FAIL state for node <8905>: replica is reachable again.',
    '# Starting a failover election for epoch 7.',
  ];
  expect(Object.fromEntries(threadsOf(log))).toEqual({
    'the failure of each other node: 8905': [log[0], log[6]],
    'the failure of each other node: 8906': [log[2]],
    'its own state': [log[1]],
    'votes it gives or denies': [log[4]],
    'serving each of its replicas: 8904': [log[3], log[5]],
    'everything else': [log[7]],
  });
});
