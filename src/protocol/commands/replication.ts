/**
 * What clients may ask about replication: who follows whom, and whether their writes have arrived.
 * Source: waitCommand, roleCommand, replicaofCommand, failoverCommand, src/replication.c;
 * getTimeoutFromObjectOrReply, src/timeout.c.
 */
import { PEER_IP } from '../ip-address';
import { acksFor, blockInWait } from '../replication/replica-acks';
import type { ReplicationState } from '../replication-state';
import { err, type Reply } from '../reply';
import { sessionOf } from '../sessions';
import type { Turn } from '../turn';
import { NOT_AN_INTEGER, noKeys, parseInteger, type CommandCall, type Commands } from './command';

export const REPLICATION_COMMANDS: Commands = {
  WAIT: { arity: 3, isWrite: false, keys: noKeys, run: wait },
  // In a cluster, who follows whom is the cluster's own business.
  REPLICAOF: { arity: 3, isWrite: false, keys: noKeys, run: refuseReplicaof },
  SLAVEOF: { arity: 3, isWrite: false, keys: noKeys, run: refuseReplicaof },
  FAILOVER: { arity: -1, isWrite: false, keys: noKeys, run: refuseFailover },
  ROLE: { arity: 1, isWrite: false, keys: noKeys, run: ({ state }) => role(state.replication) },
};

function refuseReplicaof(): Reply {
  return err('REPLICAOF not allowed in cluster mode.');
}

function refuseFailover(): Reply {
  return err('FAILOVER not allowed in cluster mode. Use CLUSTER FAILOVER command instead.');
}

/** WAIT numreplicas timeout: how many replicas have this client's writes; 0: no limit of time. */
function wait(turn: Turn, { args, client, command }: CommandCall): Reply | null {
  if (turn.state.replication.masterPort !== 0) {
    return err(
      'WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a ' +
        'replica is configured to be writable (which is not the default) writes to replicas are ' +
        'just local and are not propagated.',
    );
  }
  const [replicas, timeoutMs] = args.map(parseInteger) as [bigint | null, bigint | null];
  if (replicas === null) return NOT_AN_INTEGER;
  if (timeoutMs === null) return err('timeout is not an integer or out of range');
  if (timeoutMs < 0n) return err('timeout is negative');
  const { offsetBytes, queued } = sessionOf(turn.state, client);
  const value = acksFor(turn, offsetBytes);
  if (BigInt(value) >= replicas || queued !== null) return { type: 'integer', value };
  const deadlineMs = timeoutMs === 0n ? 0 : turn.nowMs + Number(timeoutMs);
  blockInWait(turn, { client, command, offsetBytes, replicas: Number(replicas), deadlineMs });
  return null;
}

const bulk = (text: string): Reply => ({ type: 'bulk', text });
const integer = (value: number): Reply => ({ type: 'integer', value });
const array = (...items: Reply[]): Reply => ({ type: 'array', items });

function role(replication: ReplicationState): Reply {
  const { masterPort, masterIp, offsetBytes, link } = replication;
  if (masterPort !== 0) {
    const readOffset = integer(link === 'up' ? offsetBytes : -1);
    const state = bulk(linkWord(replication));
    return array(bulk('slave'), bulk(masterIp), integer(masterPort), state, readOffset);
  }
  const online = replication.replicas.filter(({ state }) => state === 'online');
  const replicas = online.map(({ ip = PEER_IP, port, ackOffsetBytes }) =>
    array(bulk(ip), bulk(String(port)), bulk(String(ackOffsetBytes))),
  );
  return array(bulk('master'), integer(offsetBytes), array(...replicas));
}

/** The words of redis-server for the state of the link. */
function linkWord({ link, awaiting }: ReplicationState): string {
  switch (link) {
    case 'none':
      return 'none';
    case 'down':
      return 'connect';
    case 'connecting':
      return 'connecting';
    case 'syncing':
      return awaiting === 'COPY' ? 'sync' : 'handshake';
    case 'up':
      return 'connected';
  }
}
