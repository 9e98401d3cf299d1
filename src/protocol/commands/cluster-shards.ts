/**
 * What CLUSTER SHARDS answers: masters, each with its slots and its replicas.
 * Source: clusterReplyShards, addShardReplyForClusterShards, addNodeDetailsToShardReply,
 * src/cluster.c.
 */
import {
  hasFailed,
  isMaster,
  isReplica,
  replicasOf,
  type ClusterNode,
  type ClusterState,
} from '../cluster-state';
import type { Reply } from '../reply';
import { preferredEndpoint } from '../slots/routing';
import { knownOffsetBytes } from './cluster-texts';
import { array, bulk, flatMap, integer } from './subcommand';

/** One map a master, those without slots and those that have failed included. */
export function clusterShards(state: ClusterState): Reply {
  return array(state.nodes.filter(isMaster).map((master) => shard(state, master)));
}

function shard(state: ClusterState, master: ClusterNode): Reply {
  const members = [master, ...replicasOf(state, master.id)];
  return flatMap([
    ['slots', array(master.slots.flat().map(integer))],
    ['nodes', array(members.map((node) => member(state, node)))],
  ]);
}

function member(state: ClusterState, node: ClusterNode): Reply {
  const offsetBytes = knownOffsetBytes(state, node);
  return flatMap([
    ['id', bulk(node.id)],
    ...(node.port ? [['port', integer(node.port)] as const] : []),
    ['ip', bulk(node.ip)],
    ['endpoint', bulk(preferredEndpoint(state, node))],
    ...(node.hostname ? [['hostname', bulk(node.hostname)] as const] : []),
    ['role', bulk(isReplica(node) ? 'replica' : 'master')],
    ['replication-offset', integer(offsetBytes)],
    ['health', bulk(health(node, offsetBytes))],
  ]);
}

function health(node: ClusterNode, offsetBytes: number): string {
  if (hasFailed(node)) return 'fail';
  return isReplica(node) && offsetBytes === 0 ? 'loading' : 'online';
}
