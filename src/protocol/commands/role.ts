/**
 * ROLE: what a node is, as replication has it.
 * Source: roleCommand, src/replication.c.
 */
import type { Reply } from '../reply';
import type { ReplicationState } from '../replication-state';
import { noKeys, type CommandSpec } from './command';
import { array, bulk, integer } from './subcommand';

export const ROLE_COMMAND: CommandSpec = {
  arity: 1,
  isWrite: false,
  keys: noKeys,
  run: ({ state: { replication } }) =>
    replication.masterPort === 0 ? roleOfMaster(replication) : roleOfReplica(replication),
};

/** Its offset, then each replica that is online, with the offset it last acknowledged. */
function roleOfMaster({ offsetBytes, replicas }: ReplicationState): Reply {
  const online = replicas
    .filter(({ state }) => state === 'online')
    .map(({ port, ackOffsetBytes }) =>
      array([bulk('127.0.0.1'), bulk(String(port)), bulk(String(ackOffsetBytes))]),
    );
  return array([bulk('master'), integer(offsetBytes), array(online)]);
}

function roleOfReplica(replication: ReplicationState): Reply {
  const { masterIp, masterPort, link, offsetBytes } = replication;
  return array([
    bulk('slave'),
    bulk(masterIp),
    integer(masterPort),
    bulk(linkWord(replication)),
    integer(link === 'up' ? offsetBytes : -1),
  ]);
}

/** The word for where the link to the master stands. Redis: repl_state. */
function linkWord({ link, awaiting }: ReplicationState): string {
  switch (link) {
    case 'up':
      return 'connected';
    case 'connecting':
      return 'connecting';
    case 'syncing':
      return awaiting === 'COPY' ? 'sync' : 'handshake';
    case 'none':
      return 'none';
    case 'down':
      return 'connect';
  }
}
