import { expect, test } from 'vitest';
import type { ClusterState } from '../cluster-state';
import { callOf, settledNode, turnOf } from '../node-fixture';
import { printReply } from '../reply';
import type { ReplicationState } from '../replication-state';
import { processCommand } from './process-command';

const role = (state: ClusterState): string =>
  printReply(processCommand(turnOf(state), callOf('ROLE'))!);

test('ROLE of a master: its offset, and its replicas', () => {
  const { replication } = settledNode('8901');
  const online = replication.replicas.map((replica) => ({
    ...replica,
    state: 'online' as const,
    ackOffsetBytes: 86,
  }));
  const state = { ...settledNode('8901'), replication: { ...replication, replicas: online } };
  expect(role(state)).toBe(
    [
      '1) "master"',
      '2) (integer) 100',
      '3) 1) 1) "127.0.0.1"',
      '      2) "8904"',
      '      3) "86"',
    ].join('\n'),
  );
});

test.each([
  [{ link: 'up' }, 'connected', 100],
  [{ link: 'down' }, 'connect', -1],
  [{ link: 'connecting' }, 'connecting', -1],
  [{ link: 'syncing', awaiting: 'PONG' }, 'handshake', -1],
  [{ link: 'syncing', awaiting: 'COPY' }, 'sync', -1],
] as const)('ROLE of a replica: %j: %s', (change, word, offset) => {
  const state = settledNode('8904');
  const replication: ReplicationState = { ...state.replication, masterIp: '127.0.0.1', ...change };
  expect(role({ ...state, replication })).toBe(
    [
      '1) "slave"',
      '2) "127.0.0.1"',
      '3) (integer) 8901',
      `4) "${word}"`,
      `5) (integer) ${offset}`,
    ].join('\n'),
  );
});
