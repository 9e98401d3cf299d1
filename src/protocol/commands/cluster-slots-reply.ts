/**
 * What CLUSTER SLOTS answers.
 * Source: clusterReplyMultiBulkSlots, addNodeReplyForClusterSlot, addNodeToNodeReply,
 * isReplicaAvailable, src/cluster.c; cluster-preferred-endpoint-type.
 */
import { hasFailed, replicasOf, type ClusterNode, type ClusterState } from '../cluster-state';
import { NIL, type Reply } from '../reply';
import { preferredEndpoint } from '../slots/routing';
import { knownOffsetBytes } from './cluster-texts';
import { array, bulk, flatMap, integer } from './subcommand';

/** One element a run of slots: first, last, the owner, then its replicas that have data. */
export function clusterSlots(state: ClusterState): Reply {
  const runs = state.nodes
    .flatMap((owner) => owner.slots.map(([first, last]) => ({ first, last, owner })))
    .sort((a, b) => a.first - b.first);
  return array(runs.map((run) => slotRun(state, run)));
}

function slotRun(
  state: ClusterState,
  { first, last, owner }: { first: number; last: number; owner: ClusterNode },
): Reply {
  const replicas = replicasOf(state, owner.id).filter(
    (node) => !hasFailed(node) && knownOffsetBytes(state, node) !== 0,
  );
  return array([
    integer(first),
    integer(last),
    ...[owner, ...replicas].map((node) => slotNode(state, node)),
  ]);
}

/** The endpoint clients shall use, then whatever else is known of the address. */
function slotNode(state: ClusterState, node: ClusterNode): Reply {
  const type = state.config.preferredEndpointType;
  const endpoint = type === 'unknown-endpoint' ? NIL : bulk(preferredEndpoint(state, node));
  return array([
    endpoint,
    integer(node.port),
    bulk(node.id),
    flatMap([
      ...(type !== 'ip' ? [['ip', bulk(node.ip)] as const] : []),
      ...(type !== 'hostname' && node.hostname ? [['hostname', bulk(node.hostname)] as const] : []),
    ]),
  ]);
}
